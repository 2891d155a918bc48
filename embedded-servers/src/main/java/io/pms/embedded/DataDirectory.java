package io.pms.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where one instance keeps everything, held by one process at a time. The operating system frees it
 * when that process dies, however it dies.
 */
public final class DataDirectory implements AutoCloseable {
    private static final String LOCK = "pms.lock";

    /** What somebody brings back first who has lost everything else. */
    private static final Set<String> KEYS = Set.of("signing-key", "master.key");

    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Takes the directory, which is made when it is absent. It may hold keys that were brought
     * back.
     *
     * @param fresh whether to delete what is in it first
     * @throws IllegalStateException when another process holds it, or it is full of somebody else's
     *     files
     */
    public static DataDirectory take(Path path, boolean fresh) {
        try {
            Path absolute = path.toAbsolutePath().normalize();
            requireOurs(absolute);
            Files.createDirectories(absolute);
            Path file = absolute.resolve(LOCK);
            FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                String holder = Files.readString(file);
                channel.close();
                throw new IllegalStateException(
                        absolute
                                + " is in use by another pms"
                                + (holder.isBlank() ? "" : " (" + holder.trim() + ")")
                                + "; stop it, or choose another directory with --data");
            }
            if (fresh) empty(absolute);
            return new DataDirectory(absolute, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + path + " for data", e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void requireOurs(Path path) throws IOException {
        if (!Files.exists(path) || Files.exists(path.resolve(LOCK))) return;
        if (!Files.isDirectory(path))
            throw new IllegalStateException(
                    path + " is not a directory; choose another with --data");
        try (Stream<Path> files = Files.list(path)) {
            if (files.anyMatch(file -> !KEYS.contains(file.getFileName().toString())))
                throw new IllegalStateException(
                        path
                                + " holds files that are not of pms; choose an empty or new directory with --data");
        }
    }

    private static void empty(Path path) throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(path)) {
            files = list.filter(file -> !file.getFileName().toString().equals(LOCK)).toList();
        }
        for (Path file : files) {
            if (Files.isDirectory(file)) ServerProcess.endLeftOvers(file);
            Binaries.delete(file);
        }
    }

    public Path path() {
        return path;
    }

    /**
     * What a second start on the same directory is told of this one, for example its process id and
     * port.
     */
    public void describe(String holder) {
        try {
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(holder), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.truncate(0);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
