package io.pms.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of it a round does: for so long, or so many events.
 *
 * @param events 0 when the time counts
 */
record Budget(Duration time, long events) {

    /** Starts the round; the answer is used by all clients of the round. */
    Running start() {
        long deadline = System.nanoTime() + time.toNanos();
        AtomicLong left = new AtomicLong(events);
        return more -> events == 0 ? System.nanoTime() < deadline : left.getAndAdd(-more) > 0;
    }

    /** What is left of a round. Thread-safe. */
    interface Running {
        /** Whether so many more events belong to the round. */
        boolean allows(int events);
    }
}
