package io.pms.log;

import java.nio.ByteBuffer;

/**
 * The first 8 bytes of an entry's leaf hash, kept in its row. The head's frontier proves that a
 * past event was changed; this tells which one ({@code docs/adr/0008-a-check-in-each-row.md}).
 */
final class LeafCheck {
    private LeafCheck() {}

    /** Big-endian and signed, as a {@code BIGINT} is. */
    static long of(byte[] leafHash) {
        return ByteBuffer.wrap(leafHash).getLong();
    }
}
