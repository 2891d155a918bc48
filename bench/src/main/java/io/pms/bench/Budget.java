package io.pms.bench;

import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Option;

/** How much of it a round does: for so long, or so many events. */
final class Budget {
    private static final double NANOS_PER_SECOND = 1e9;

    @Option(
            names = "--seconds",
            description = "How long a subject works in a round (default: ${DEFAULT-VALUE}).",
            defaultValue = "2")
    private double seconds;

    @Option(
            names = "--events",
            description = "How many events a subject handles in a round, instead of --seconds.")
    private long events;

    /** So many seconds, whatever the command line says. */
    static Budget ofSeconds(double seconds) {
        Budget budget = new Budget();
        budget.seconds = seconds;
        return budget;
    }

    /** Starts the round; the answer is used by all clients of the round. */
    Running start() {
        long deadline = System.nanoTime() + (long) (seconds * NANOS_PER_SECOND);
        AtomicLong left = new AtomicLong(events);
        return more -> events == 0 ? System.nanoTime() < deadline : left.getAndAdd(-more) > 0;
    }

    /** What is left of a round. Thread-safe. */
    interface Running {
        /** Whether so many more events belong to the round. */
        boolean allows(int events);
    }
}
