package io.pms.bench.torture;

import io.pms.entry.Entry;
import io.pms.entry.EntryCodec;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in the log.
 *
 * @param leaf SHA-256 of a zero byte and its entry: the leaf of the Merkle tree
 */
record Stored(
        long position,
        long recordedTimeMicros,
        String id,
        @Nullable UUID command,
        @Nullable String subject,
        long sequence,
        Origin origin,
        byte[] leaf) {
    static Stored of(Entry entry) {
        return new Stored(
                entry.position(),
                entry.recordedTimeMicros(),
                entry.id(),
                entry.commandId(),
                entry.subject(),
                entry.sequence(),
                Origin.of(entry.data()),
                leaf(EntryCodec.encode(entry)));
    }

    static byte[] leaf(byte[] entry) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update((byte) 0);
            return sha256.digest(entry);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Eight bytes of the leaf: enough to see that an entry is the same as before. */
    long print() {
        return print(leaf);
    }

    static long print(byte[] leaf) {
        return ByteBuffer.wrap(leaf).getLong();
    }
}
