package io.pms.objects;

import io.pms.objects.ObjectStoreException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets one at a time change what is in a folder, among all threads, stores and processes. The
 * system takes the lock back from a process that dies.
 */
final class FolderLock {
    private static final String FILE = ".lock";

    /** A file lock is held for a look and a rename, so it is mostly free the next time. */
    private static final long POLL_MILLIS = 2;

    /**
     * File locks belong to the process: closing any channel of the file would release the lock of
     * another store in it. So only one at a time in the process may have it open. Folders may share
     * one of these.
     */
    private static final List<ReentrantLock> OF_THE_PROCESS =
            Stream.generate(ReentrantLock::new).limit(64).toList();

    private final Path file;
    private final ReentrantLock ofTheProcess;
    private final Duration timeout;

    /**
     * @param root as the file system names it, so that all stores of a folder agree
     */
    FolderLock(Path root, Duration timeout) {
        this.file = root.resolve(FILE);
        this.ofTheProcess =
                OF_THE_PROCESS.get(Math.floorMod(root.hashCode(), OF_THE_PROCESS.size()));
        this.timeout = timeout;
    }

    <T> T holding(IoAction<T> action) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        try {
            if (!ofTheProcess.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) throw timeout();
            try {
                return holdingFile(action, end);
            } finally {
                ofTheProcess.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + file, e);
        }
    }

    private <T> T holdingFile(IoAction<T> action, long end)
            throws IOException, InterruptedException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (tryLock(channel) == null) {
                if (System.nanoTime() > end) throw timeout();
                Thread.sleep(POLL_MILLIS);
            }
            return action.run(); // closing the channel releases the lock
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by another class loader's copy of us
        }
    }

    private IOException timeout() {
        return new BadAnswerException(
                Reason.TIMEOUT, "others have held " + file + " for " + timeout);
    }
}
