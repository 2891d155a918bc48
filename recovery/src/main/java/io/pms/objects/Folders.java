package io.pms.objects;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The folders that keys need: they come with the first object in them and go with the last. */
final class Folders {
    /** How often a folder may go, as its last object does, just before another gets its name. */
    private static final int MAX_TRIES = 10;

    private final Path root;

    Folders(Path root) {
        this.root = root;
    }

    /** All bytes of a file; null when there is none. */
    byte @Nullable [] read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (Files.isDirectory(file)) return null;
            if (channel.size() > ObjectStore.MAX_OBJECT_BYTES)
                throw new BadAnswerException(
                        ObjectStoreException.Reason.CORRUPT,
                        channel.size() + " bytes are more than an object may have");
            return Channels.newInputStream(channel).readAllBytes();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Gives a draft its name, for which folders are made first. */
    void publish(Path file, IoAction<Path> naming) throws IOException {
        for (int tried = 1; ; tried++) {
            make(parent(file));
            try {
                naming.run();
                return;
            } catch (NoSuchFileException e) {
                if (tried == MAX_TRIES) throw e;
            }
        }
    }

    private void make(Path folder) throws IOException {
        if (Files.isDirectory(folder)) return;
        if (folder.equals(root)) throw new NoSuchFileException(root.toString());
        make(parent(folder));
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) throw e;
        }
        force(parent(folder));
    }

    /** Deletes a file and the folders that it leaves empty; whether there was one. */
    boolean delete(Path file) throws IOException {
        if (Files.isDirectory(file) || !Files.deleteIfExists(file)) return false;
        Path folder = parent(file);
        while (!folder.equals(root) && isGone(folder)) folder = parent(folder);
        force(folder);
        return true;
    }

    private static boolean isGone(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }

    /** Of something below the root. */
    static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent());
    }

    /** Makes the names in a folder survive a power cut. */
    void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (NoSuchFileException e) {
            // gone again with its last object
        }
    }
}
