package io.pms.archive.witness;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A witness and what is known of it. Changed by the thread that archives, read by all.
 *
 * <p>One that failed is left alone for a while, so that it does not hold up every checkpoint.
 */
final class Peer {
    private static final Duration FIRST_REST = Duration.ofSeconds(5);

    /** A witness that is back is asked again so soon. */
    private static final Duration LONGEST_REST = Duration.ofMinutes(2);

    private final Witness witness;
    private volatile WitnessStatus status;
    private Duration rest = Duration.ZERO;
    private long failedNanos;

    Peer(Witness witness) {
        this.witness = witness;
        this.status = new WitnessStatus(witness.key().name(), 0, null, null);
    }

    Witness witness() {
        return witness;
    }

    WitnessStatus status() {
        return status;
    }

    boolean rests() {
        return System.nanoTime() - failedNanos < rest.toNanos();
    }

    void cosigned(long size, Instant now) {
        status = new WitnessStatus(status.name(), size, now, null);
        rest = Duration.ZERO;
    }

    /**
     * @return whether that is news
     */
    boolean failed(@Nullable String why) {
        String before = status.failure();
        String failure = String.valueOf(why);
        status = new WitnessStatus(status.name(), status.size(), status.cosignedAt(), failure);
        rest = rest.isZero() ? FIRST_REST : rest.multipliedBy(2);
        if (rest.compareTo(LONGEST_REST) > 0) rest = LONGEST_REST;
        failedNanos = System.nanoTime();
        return !failure.equals(before);
    }
}
