package io.pms.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Clients on virtual threads, each of which sends its next request when it has the answer to the
 * last one.
 */
final class Clients {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    private Clients() {}

    /** One request of one client. */
    interface Request {
        /**
         * Sends it, again where another was faster, and returns when it has been granted.
         *
         * @return how often it was sent
         */
        int send() throws Exception;
    }

    /**
     * @param eventsPerRequest what each request stores
     * @param newClient makes the requests of a client; clients are numbered from 0
     */
    static Outcome run(
            int clients, Budget budget, int eventsPerRequest, IntFunction<Request> newClient)
            throws Exception {
        CountDownLatch ready = new CountDownLatch(clients);
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Budget.Running[] running = new Budget.Running[1];
            List<Future<Latencies>> clientsAtWork = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                Request request = newClient.apply(i);
                Callable<Latencies> client =
                        () -> {
                            ready.countDown();
                            go.await();
                            return repeat(request, running[0], eventsPerRequest);
                        };
                clientsAtWork.add(threads.submit(client));
            }
            ready.await();
            running[0] = budget.start();
            long start = System.nanoTime();
            go.countDown();
            List<Latencies> latencies = new ArrayList<>();
            for (Future<Latencies> client : clientsAtWork) latencies.add(answer(client));
            double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
            return outcome(latencies, eventsPerRequest, seconds);
        }
    }

    private static Latencies repeat(Request request, Budget.Running running, int events)
            throws Exception {
        Latencies latencies = new Latencies();
        long before = System.nanoTime();
        while (running.allows(events)) {
            latencies.attempts += request.send();
            long after = System.nanoTime();
            latencies.add(after - before);
            before = after;
        }
        return latencies;
    }

    private static Latencies answer(Future<Latencies> client) throws Exception {
        try {
            return client.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) throw cause;
            throw e;
        }
    }

    private static Outcome outcome(List<Latencies> clients, int events, double seconds) {
        long[] sorted = Latencies.sorted(clients);
        double requests = sorted.length;
        long attempts = clients.stream().mapToLong(client -> client.attempts).sum();
        return Outcome.of(Measure.RATE, requests * events / seconds)
                .with(Measure.P50, percentile(sorted, 50))
                .with(Measure.P99, percentile(sorted, 99))
                .with(Measure.ATTEMPTS, attempts / requests)
                .with(Measure.SLOWEST_SHARE, slowest(clients) / (requests / clients.size()));
    }

    /** Requests of the slowest client; half a one when it had none, so that ratios exist. */
    private static double slowest(List<Latencies> clients) {
        return Math.max(0.5, clients.stream().mapToInt(client -> client.size).min().orElseThrow());
    }

    /** The smallest value that is not exceeded by so many in a hundred. */
    private static double percentile(long[] sorted, int percent) {
        int rank = (int) Math.ceil(sorted.length * percent / 100.0);
        return sorted[Math.max(rank, 1) - 1] / NANOS_PER_MILLI;
    }

    /** How long each request of a client took. */
    private static final class Latencies {
        private long[] nanos = new long[1_024];
        private int size;
        private long attempts;

        void add(long value) {
            if (size == nanos.length) nanos = Arrays.copyOf(nanos, size * 2);
            nanos[size++] = value;
        }

        static long[] sorted(List<Latencies> clients) {
            long[] all =
                    clients.stream()
                            .flatMapToLong(client -> Arrays.stream(client.nanos, 0, client.size))
                            .sorted()
                            .toArray();
            if (all.length == 0)
                throw new IllegalStateException("no request was answered; give it more time");
            return all;
        }
    }
}
