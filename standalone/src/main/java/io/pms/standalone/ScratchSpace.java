package io.pms.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A folder with a platform in it. Neither outlives it, nor this process when that is told to stop:
 * then the thread that has opened it is interrupted, and waited for until it has closed it.
 */
final class ScratchSpace implements AutoCloseable {
    /** Longer than its servers take to be stopped, shorter than what service managers wait for. */
    private static final long STOP_SECONDS = 60;

    private final Path folder;
    private final Thread owner = Thread.currentThread();
    private final Thread hook = new Thread(this::stop, "stop-scratch");
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable ScratchPlatform platform;
    private volatile boolean stopping;

    private ScratchSpace(Path folder) {
        this.folder = folder;
    }

    /**
     * @param parent where there is room; null for the system's temporary folder
     */
    static ScratchSpace open(@Nullable Path parent) throws IOException {
        ScratchSpace space =
                new ScratchSpace(
                        parent == null
                                ? Files.createTempDirectory("pms-drill")
                                : Files.createTempDirectory(
                                        Files.createDirectories(parent), "drill"));
        Runtime.getRuntime().addShutdownHook(space.hook);
        return space;
    }

    /** Starts a platform's servers in it, which end with it. */
    ScratchPlatform platform() {
        ScratchPlatform started = ScratchPlatform.start(folder);
        platform = started;
        if (stopping) started.close();
        return started;
    }

    /** Whether this process was told to stop: what its owner meets now is of no interest. */
    boolean isStopping() {
        return stopping;
    }

    private void stop() {
        stopping = true;
        owner.interrupt();
        ScratchPlatform running = platform;
        if (running != null) running.close();
        try {
            closed.await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted(); // servers are waited for all the same
        try {
            ScratchPlatform running = platform;
            if (running != null) running.close();
            delete(folder);
        } finally {
            closed.countDown();
            if (!stopping) unhook();
            if (interrupted) owner.interrupt();
        }
    }

    private void unhook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it begins to stop just now, and finds nothing left to do
        }
    }

    private static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new Deletion());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
