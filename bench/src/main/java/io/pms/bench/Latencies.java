package io.pms.bench;

import java.util.Arrays;
import java.util.Collection;

/** How long requests took. Used by one thread. */
final class Latencies {
    private static final double NANOS_PER_MILLI = 1e6;

    private long[] nanos = new long[1_024];
    private int size;

    void add(long value) {
        if (size == nanos.length) nanos = Arrays.copyOf(nanos, size * 2);
        nanos[size++] = value;
    }

    int size() {
        return size;
    }

    /** Those of several clients together, the shortest first. */
    static long[] sorted(Collection<Latencies> clients) {
        return clients.stream()
                .flatMapToLong(client -> Arrays.stream(client.nanos, 0, client.size))
                .sorted()
                .toArray();
    }

    /** The shortest, in milliseconds, that so many in a hundred do not exceed. */
    static double percentileMillis(long[] sortedNanos, int percent) {
        if (sortedNanos.length == 0)
            throw new IllegalStateException("no request was answered; give it more time");
        int rank = (int) Math.ceil(sortedNanos.length * percent / 100.0);
        return sortedNanos[Math.max(rank, 1) - 1] / NANOS_PER_MILLI;
    }
}
