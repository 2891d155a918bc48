package io.pms.log;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of a packet's command bodies as one value: for each command four bytes, how far its
 * first event is behind the packet's first, and 32 bytes of SHA-256. They are in the order of
 * positions.
 */
final class BodyHashes {
    private static final int HASH_BYTES = 32;
    private static final int RECORD_BYTES = Integer.BYTES + HASH_BYTES;

    private BodyHashes() {}

    /** Where a command's body begins in {@code hashes}; written where there is room. */
    static void put(ByteBuffer hashes, long distance, byte[] hash) {
        hashes.putInt(Math.toIntExact(distance)).put(hash, 0, HASH_BYTES);
    }

    static ByteBuffer room(int commands) {
        return ByteBuffer.allocate(commands * RECORD_BYTES);
    }

    /** Null when no command with a body begins there. */
    static byte @Nullable [] find(byte[] hashes, long distance) {
        for (ByteBuffer rest = ByteBuffer.wrap(hashes); rest.hasRemaining(); ) {
            int at = rest.getInt();
            byte[] hash = new byte[HASH_BYTES];
            rest.get(hash);
            if (at == distance) return hash;
        }
        return null;
    }
}
