package io.pms.archive.witness;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it goes with a witness, as the process that archives knows it.
 *
 * @param name of its key
 * @param size entries of the last checkpoint that it cosigned; 0 when it has cosigned none for this
 *     process
 * @param cosignedAt when that was; null when it was never
 * @param failure why it did not cosign when it was last asked; null when it did
 */
public record WitnessStatus(
        String name, long size, @Nullable Instant cosignedAt, @Nullable String failure) {}
