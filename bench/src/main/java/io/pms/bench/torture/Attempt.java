package io.pms.bench.torture;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * One append of one unit.
 *
 * @param id {@code writer.incarnation.client.number}; what it stores carries it
 * @param key null for a unit that cannot be repeated
 * @param events how many; none for a command that leaves just its receipt
 */
record Attempt(String id, @Nullable Key key, int events, Outcome outcome) {
    Attempt ended(Outcome how) {
        return new Attempt(id, key, events, how);
    }

    @Override
    public String toString() {
        return "attempt " + id + (key == null ? "" : " (" + key + ")");
    }

    /** What stands for the body of its command: so a receipt carries the attempt too. */
    static byte[] bodyHash(String id) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
