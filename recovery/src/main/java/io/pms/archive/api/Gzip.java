package io.pms.archive.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Enumeration;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** Compressed answers, for those who take them (RFC 9110, section 12.5.3). */
final class Gzip {
    private static final Pattern REFUSED =
            Pattern.compile(".*;\\s*q=0(\\.0{0,3})?\\s*", Pattern.CASE_INSENSITIVE);

    private static final Pattern NAMED =
            Pattern.compile("(x-)?gzip(\\s*;.*)?", Pattern.CASE_INSENSITIVE);

    private Gzip() {}

    /**
     * @param acceptEncoding the header's values
     */
    static boolean isAccepted(Enumeration<String> acceptEncoding) {
        while (acceptEncoding.hasMoreElements())
            for (String coding : acceptEncoding.nextElement().split(","))
                if (NAMED.matcher(coding.strip()).matches())
                    return !REFUSED.matcher(coding).matches();
        return false;
    }

    static byte[] compress(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 4 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
