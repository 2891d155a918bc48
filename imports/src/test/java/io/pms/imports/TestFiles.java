package io.pms.imports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Files to import: samples that come with the module, real ones where a machine has them. */
final class TestFiles {
    private TestFiles() {}

    static byte[] sample(String name) {
        try (InputStream in = TestFiles.class.getResourceAsStream("/samples/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A real file: from the folder that the system property {@code pms.data} names, or a {@code
     * shared/data} somewhere above. Says so when there is none.
     */
    static Optional<byte[]> real(String name) {
        Path file = folder().map(folder -> folder.resolve(name)).orElse(null);
        if (file == null || !Files.exists(file)) {
            System.out.println("not tested, there is no " + name + " (set -Dpms.data)");
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> folder() {
        String given = System.getProperty("pms.data");
        if (given != null) return Optional.of(Path.of(given));
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent())
            if (Files.isDirectory(at.resolve("shared/data")))
                return Optional.of(at.resolve("shared/data"));
        return Optional.empty();
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] gunzip(byte[] bytes) {
        try (GZIPInputStream gzip = new GZIPInputStream(new java.io.ByteArrayInputStream(bytes))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
