package io.pms.imports;

import io.pms.entry.BinaryId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The ids and idempotency keys of an import. They follow from the tenant, the content and the
 * project's name alone, so that the same file means the same commands, for ever.
 */
public final class ImportIds {
    private final byte[] base;

    /**
     * @param digest SHA-256 of the decompressed content
     */
    public ImportIds(String tenant, String digest, String project) {
        this.base =
                hash(
                        ("pms import\0" + tenant + '\0' + digest + '\0' + project)
                                .getBytes(StandardCharsets.UTF_8));
    }

    public String projectId() {
        return id("project", 0);
    }

    /**
     * @param role what kind of thing, for example {@code task}
     * @param ordinal which of them: 0, 1, 2, … in the order of the file
     */
    public String id(String role, long ordinal) {
        byte[] bytes = Arrays.copyOf(derived(role, ordinal), 16);
        bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x80); // UUID version 8: made by rules of our own
        bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
        return BinaryId.toUuid(bytes).toString();
    }

    /** The idempotency key of the command with this role and ordinal. */
    public String key(String role, long ordinal) {
        return "import-" + HexFormat.of().formatHex(base, 0, 16) + '-' + role + '-' + ordinal;
    }

    private byte[] derived(String role, long ordinal) {
        byte[] what = (role + '\0' + ordinal).getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(base, base.length + what.length);
        System.arraycopy(what, 0, all, base.length, what.length);
        return hash(all);
    }

    private static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
