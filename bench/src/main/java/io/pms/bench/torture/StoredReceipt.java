package io.pms.bench.torture;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a command that changed nothing has left.
 *
 * @param position the last position before it
 * @param bodyHash in hexadecimal
 */
record StoredReceipt(
        UUID command,
        String aggregateId,
        long sequence,
        long position,
        long recordedTimeMicros,
        @Nullable String bodyHash) {}
