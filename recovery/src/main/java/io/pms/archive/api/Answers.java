package io.pms.archive.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Answers that are bytes, with a tag by which they can be asked for again. */
final class Answers {
    /** Tiles and bundles never change. */
    static final String IMMUTABLE = "public, max-age=31536000, immutable";

    /** For the caller alone, and asked for again each time: callers are told apart by headers. */
    static final String PRIVATE = "private, no-cache";

    static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

    /** So many characters of a hash tell any two answers apart. */
    private static final int TAG_CHARS = 32;

    private Answers() {}

    static ResponseEntity.BodyBuilder of(byte[] body, MediaType type, String cacheControl) {
        return ResponseEntity.ok()
                .contentType(type)
                .header("Cache-Control", cacheControl)
                .header("X-Content-Type-Options", "nosniff")
                .eTag("\"" + tag(body) + "\"");
    }

    static String tag(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return HexFormat.of().formatHex(hash).substring(0, TAG_CHARS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
