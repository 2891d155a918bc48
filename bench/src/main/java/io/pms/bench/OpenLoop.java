package io.pms.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests at a fixed rate, whether or not earlier ones have been answered, as many people
 * do. A request's time runs from when it was due: waiting counts.
 *
 * @param perSecond requests offered
 * @param requests how many in all
 * @param maxInFlight bounds what waits for answers; who is due then waits too
 */
record OpenLoop(double perSecond, int requests, int maxInFlight) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** A request; returns when it has been answered, and throws when it was refused. */
    interface Request {
        void send() throws Exception;
    }

    Outcome run(Request request) throws Exception {
        Semaphore inFlight = new Semaphore(maxInFlight);
        List<Future<Long>> answers = new ArrayList<>(requests);
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < requests; i++) {
                long due = start + (long) (i / perSecond * NANOS_PER_SECOND);
                awaitUntil(due);
                inFlight.acquire();
                answers.add(
                        threads.submit(() -> {
                            try {
                                request.send();
                                return System.nanoTime() - due;
                            } finally {
                                inFlight.release();
                            }
                        }));
            }
        }
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        long[] sorted = new long[requests];
        for (int i = 0; i < requests; i++) sorted[i] = answers.get(i).get();
        Arrays.sort(sorted);
        return Outcome.of(Measure.REQUESTS, requests / seconds)
                .with(Measure.P50, Latencies.percentileMillis(sorted, 50))
                .with(Measure.P95, Latencies.percentileMillis(sorted, 95))
                .with(Measure.P99, Latencies.percentileMillis(sorted, 99));
    }

    private static void awaitUntil(long nanoTime) {
        for (long left = nanoTime - System.nanoTime();
                left > 0;
                left = nanoTime - System.nanoTime()) LockSupport.parkNanos(left);
    }
}
