package io.pms.objects;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Objects that are written but have no name yet, in a hidden folder beside the others. */
final class Drafts {
    /** No write takes so long; what is older was left by a writer that crashed. */
    static final Duration MAX_AGE = Duration.ofHours(1);

    static final String FOLDER = ".tmp";

    private final Path folder;

    private Drafts(Path folder) {
        this.folder = folder;
    }

    static Drafts open(Path root) throws IOException {
        Path folder = root.resolve(FOLDER);
        Files.createDirectories(folder);
        deleteOlder(folder, Instant.now().minus(MAX_AGE));
        return new Drafts(folder);
    }

    private static void deleteOlder(Path folder, Instant time) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) if (isOlder(file, time)) Files.deleteIfExists(file);
        }
    }

    private static boolean isOlder(Path file, Instant time) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(time);
        } catch (NoSuchFileException e) {
            return false; // its writer is done
        }
    }

    /**
     * The folder of drafts lasts as long as the store: where it is missing, the store is.
     *
     * @throws NotDirectoryException when it is
     */
    void checkPresent() throws IOException {
        if (!Files.isDirectory(folder)) throw new NotDirectoryException(folder.toString());
    }

    /** Writes a draft and forces it to disk. */
    Draft write(byte[] bytes) throws IOException {
        checkPresent();
        Draft draft = new Draft(folder.resolve(UUID.randomUUID().toString()), bytes);
        try (FileChannel channel =
                FileChannel.open(
                        draft.path(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) channel.write(buffer);
            channel.force(true);
            return draft;
        } catch (IOException e) {
            Files.deleteIfExists(draft.path()); // a full disk needs the room
            throw e;
        }
    }

    /** It goes when it is closed, unless it was renamed. */
    record Draft(Path path, byte[] bytes) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(path);
        }
    }
}
