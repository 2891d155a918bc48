package io.pms.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    /** What a client did. */
    private record Done(Latencies latencies, long attempts) {}

    /**
     * @param eventsPerRequest what each request stores
     * @param newClient makes the requests of a client; clients are numbered from 0
     */
    static Outcome run(
            int clients, Budget budget, int eventsPerRequest, IntFunction<Request> newClient)
            throws Exception {
        CountDownLatch ready = new CountDownLatch(clients);
        CompletableFuture<Budget.Running> go = new CompletableFuture<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Done>> working = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                Request request = newClient.apply(i);
                working.add(
                        threads.submit(() -> {
                            ready.countDown();
                            return repeat(request, go.get(), eventsPerRequest);
                        }));
            }
            ready.await();
            long start = System.nanoTime();
            go.complete(budget.start());
            List<Done> done = new ArrayList<>();
            for (Future<Done> client : working) done.add(get(client));
            return outcome(done, eventsPerRequest, (System.nanoTime() - start) / NANOS_PER_SECOND);
        }
    }

    private static Done repeat(Request request, Budget.Running running, int events)
            throws Exception {
        Latencies latencies = new Latencies();
        long attempts = 0;
        long before = System.nanoTime();
        while (running.allows(events)) {
            attempts += request.send();
            long after = System.nanoTime();
            latencies.add(after - before);
            before = after;
        }
        return new Done(latencies, attempts);
    }

    private static Done get(Future<Done> client) throws Exception {
        try {
            return client.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) throw cause;
            throw e;
        }
    }

    private static Outcome outcome(List<Done> clients, int events, double seconds) {
        long[] sorted = Latencies.sorted(clients.stream().map(Done::latencies).toList());
        double requests = sorted.length;
        long attempts = clients.stream().mapToLong(Done::attempts).sum();
        return Outcome.of(Measure.RATE, requests * events / seconds)
                .with(Measure.P50, Latencies.percentileMillis(sorted, 50))
                .with(Measure.P99, Latencies.percentileMillis(sorted, 99))
                .with(Measure.ATTEMPTS, attempts / requests)
                .with(Measure.SLOWEST_SHARE, slowest(clients) / (requests / clients.size()));
    }

    /** Requests of the slowest client; half a one when it had none, so that ratios exist. */
    private static double slowest(List<Done> clients) {
        int fewest =
                clients.stream().mapToInt(client -> client.latencies.size()).min().orElseThrow();
        return Math.max(0.5, fewest);
    }
}
