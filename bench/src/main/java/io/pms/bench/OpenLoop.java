package io.pms.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

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

    /** When all of them were answered, and how long each took. */
    record Timed(double seconds, long[] nanos) {
        Outcome outcome() {
            return Outcome.of(Measure.REQUESTS, nanos.length / seconds)
                    .with(Measure.P50, percentileMillis(50, request -> true))
                    .with(Measure.P95, percentileMillis(95, request -> true))
                    .with(Measure.P99, percentileMillis(99, request -> true));
        }

        /**
         * @param which some of them, by number from 0
         */
        double percentileMillis(int percent, IntPredicate which) {
            long[] sorted =
                    IntStream.range(0, nanos.length)
                            .filter(which)
                            .mapToLong(request -> nanos[request])
                            .sorted()
                            .toArray();
            return Latencies.percentileMillis(sorted, percent);
        }
    }

    Outcome run(Request request) throws Exception {
        return run(number -> request).outcome();
    }

    /**
     * @param which what is sent by number, from 0
     */
    Timed run(IntFunction<Request> which) throws Exception {
        Semaphore inFlight = new Semaphore(maxInFlight);
        List<Future<Long>> answers = new ArrayList<>(requests);
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < requests; i++) {
                long due = start + (long) (i / perSecond * NANOS_PER_SECOND);
                Request request = which.apply(i);
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
        long[] nanos = new long[requests];
        for (int i = 0; i < requests; i++) nanos[i] = answers.get(i).get();
        return new Timed(seconds, nanos);
    }

    private static void awaitUntil(long nanoTime) {
        for (long left = nanoTime - System.nanoTime();
                left > 0;
                left = nanoTime - System.nanoTime()) LockSupport.parkNanos(left);
    }
}
