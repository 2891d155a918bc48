package io.pms.entry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;

/**
 * The ids of commands and of the events that follow from them, so that one unique index keeps both
 * apart for ever.
 */
public final class CommandIds {
    private CommandIds() {}

    /** The first 16 bytes of SHA-256(tenant ‖ 0 ‖ key), both in UTF-8. */
    public static UUID commandId(String tenant, String idempotencyKey) {
        MessageDigest digest = sha256();
        digest.update(tenant.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(idempotencyKey.getBytes(StandardCharsets.UTF_8));
        return BinaryId.toUuid(Arrays.copyOf(digest.digest(), 16));
    }

    /**
     * The id of a command's event: the command's id with its last four bytes XOR the event's index.
     * Event 0 has the command's own id. The same call leads back from the event's id to the
     * command's.
     *
     * @param index 0, 1, 2, … in the order of the unit of work
     */
    public static UUID eventId(UUID commandId, int index) {
        return new UUID(
                commandId.getMostSignificantBits(),
                commandId.getLeastSignificantBits() ^ (index & 0xffff_ffffL));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
