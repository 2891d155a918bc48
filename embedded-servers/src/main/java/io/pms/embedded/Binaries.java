package io.pms.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Folders that are made once for a user and shared by every data directory: unpacked programs, an
 * initialised database.
 *
 * <p>A folder appears whole or not at all, also when several processes make it at once: each makes
 * its own beside it and the first rename wins.
 */
final class Binaries {
    private Binaries() {}

    interface Maker {
        void make(Path folder) throws IOException;
    }

    static Path cached(String name, Maker maker) {
        Path folder = cache().resolve(name);
        if (Files.isDirectory(folder)) return folder;
        try {
            Files.createDirectories(folder.getParent());
            Path draft =
                    Files.createTempDirectory(folder.getParent(), folder.getFileName() + ".draft-");
            maker.make(draft);
            rename(draft, folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + folder, e);
        }
    }

    private static void rename(Path draft, Path folder) throws IOException {
        try {
            Files.move(draft, folder);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileSystemException e) {
            if (!Files.isDirectory(folder)) throw e;
            delete(draft); // another process was first
        }
    }

    /** {@code PMS_CACHE} or {@code XDG_CACHE_HOME}/pms or ~/.cache/pms. */
    private static Path cache() {
        String own = System.getenv("PMS_CACHE");
        if (own != null && !own.isBlank()) return Path.of(own);
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base =
                xdg != null && !xdg.isBlank()
                        ? Path.of(xdg)
                        : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("pms");
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) Files.createDirectories(target);
                else Files.copy(file, target);
            }
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList())
                Files.deleteIfExists(file);
        }
    }
}
