package io.pms.imports;

import io.pms.http.Problem;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * What a file holds, decompressed when it is gzip. It has been read to its end once, so that a
 * truncated or oversized file is refused before anything else looks at it.
 *
 * @param source the file
 * @param gzip whether it is gzip, by its first bytes
 * @param digest SHA-256 of the decompressed content, in hexadecimal
 * @param bytes length of the decompressed content
 * @param head the first bytes of the decompressed content
 */
public record Content(Source source, boolean gzip, String digest, long bytes, byte[] head) {
    /** What an upload may have; real histories have a few megabytes. */
    public static final long MAX_FILE_BYTES = 512L << 20;

    /** What may come out of it: a small gzip file can hold terabytes. */
    private static final long MAX_CONTENT_BYTES = 2L << 30;

    private static final int HEAD = 1 << 10;
    private static final int BUFFER = 1 << 16;

    /**
     * Reads the whole file.
     *
     * @throws Problem 413 beyond a bound, 422 when it is empty or its gzip is broken
     */
    static Content of(Source source) throws IOException {
        if (Files.size(source.path()) > MAX_FILE_BYTES) throw fileTooLarge();
        boolean gzip = isGzip(source);
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(decompressed(source, gzip), digest)) {
            byte[] head = in.readNBytes(HEAD);
            if (head.length == 0) throw BadFile.because("the file is empty");
            long bytes = head.length + in.transferTo(java.io.OutputStream.nullOutputStream());
            return new Content(
                    source, gzip, HexFormat.of().formatHex(digest.digest()), bytes, head);
        } catch (EOFException e) {
            throw caused(
                    BadFile.because(
                            "the gzip data end in the middle; the file is incomplete, copy it again"),
                    e);
        } catch (ZipException e) {
            throw caused(
                    BadFile.because(
                            "the gzip data are damaged (" + e.getMessage() + "); copy it again"),
                    e);
        }
    }

    /** The decompressed content from its start. */
    public InputStream open() throws IOException {
        return decompressed(source, gzip);
    }

    public boolean startsWith(int... bytes) {
        if (head.length < bytes.length) return false;
        for (int i = 0; i < bytes.length; i++) if ((head[i] & 0xff) != bytes[i]) return false;
        return true;
    }

    public static Problem fileTooLarge() {
        return BadFile.tooLarge("the file has more than " + (MAX_FILE_BYTES >> 20) + " MB");
    }

    private static boolean isGzip(Source source) throws IOException {
        try (InputStream in = Files.newInputStream(source.path())) {
            return Arrays.equals(in.readNBytes(2), new byte[] {0x1f, (byte) 0x8b});
        }
    }

    private static InputStream decompressed(Source source, boolean gzip) throws IOException {
        InputStream file = Files.newInputStream(source.path());
        if (!gzip) return new BufferedInputStream(file, BUFFER);
        try {
            return new BufferedInputStream(new Bounded(new GZIPInputStream(file, BUFFER)), BUFFER);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static final class Bounded extends FilterInputStream {
        private long left = MAX_CONTENT_BYTES;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value >= 0) count(1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read > 0) count(read);
            return read;
        }

        private void count(int read) {
            left -= read;
            if (left < 0)
                throw BadFile.tooLarge(
                        "its content has more than " + (MAX_CONTENT_BYTES >> 30) + " GB");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Problem caused(Problem problem, Exception cause) {
        problem.initCause(cause);
        return problem;
    }
}
