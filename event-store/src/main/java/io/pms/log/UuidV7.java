package io.pms.log;

import java.security.SecureRandom;
import java.util.UUID;

/** Time-ordered random UUIDs, RFC 9562 version 7: neighbours in time are neighbours in an index. */
final class UuidV7 {
    private static final SecureRandom RANDOM = new SecureRandom();

    private UuidV7() {}

    static UUID next() {
        long high = (System.currentTimeMillis() << 16) | 0x7000 | (RANDOM.nextInt() & 0xfff);
        long low = (RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
