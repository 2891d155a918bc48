package io.pms.bench;

import java.time.Duration;
import java.util.function.Function;

/**
 * The same read model by Axon's pooled streaming processor. Where that is slow only the first part
 * of the events is handled, and the rate is that of this part.
 */
final class AxonRebuild implements Subject {
    private final String name;
    private final AxonStore store;
    private final BenchRedis redis;
    private final AxonProcessor.Setup setup;
    private final Function<BenchRedis, TaskWriter> writers;
    private final Whole whole;
    private final Duration longest;
    private int rounds;
    private boolean compared;

    /**
     * What comes out of all events.
     *
     * @param digest of the {@link ReadModel}
     */
    record Whole(long events, long tasks, long digest) {}

    /**
     * @param longest how long a round handles events at most
     */
    private AxonRebuild(
            String name,
            AxonStore store,
            BenchRedis redis,
            AxonProcessor.Setup setup,
            Function<BenchRedis, TaskWriter> writers,
            Whole whole,
            Duration longest) {
        this.name = name;
        this.store = store;
        this.redis = redis;
        this.setup = setup;
        this.writers = writers;
        this.whole = whole;
        this.longest = longest;
    }

    /** As it comes: one event a transaction, and a call of Redis for each. */
    static AxonRebuild pooled(AxonStore store, BenchRedis redis, Whole whole, Duration longest) {
        AxonProcessor.Setup setup = AxonProcessor.Setup.DEFAULT;
        return new AxonRebuild(
                "axon-pooled", store, redis, setup, SingleWriter::new, whole, longest);
    }

    /** With what its documentation and its users do to make it fast. */
    static AxonRebuild tuned(AxonStore store, BenchRedis redis, Whole whole, Duration longest) {
        AxonProcessor.Setup setup = AxonProcessor.Setup.TUNED;
        return new AxonRebuild(
                "axon-tuned", store, redis, setup, PipelinedWriter::new, whole, longest);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Outcome round() throws InterruptedException {
        redis.empty();
        try (TaskWriter writer = writers.apply(redis)) {
            TaskHandler handler = new TaskHandler(writer, whole.events);
            double rate = feed(handler);
            requireSameModel(handler);
            return Outcome.of(Measure.RATE, rate);
        }
    }

    private double feed(TaskHandler handler) throws InterruptedException {
        String processor = name + "-" + ++rounds;
        try (AxonProcessor feeding = new AxonProcessor(processor, store, setup, handler)) {
            long start = System.nanoTime();
            feeding.start();
            handler.await(longest);
            long handled = handler.handled();
            double seconds = (System.nanoTime() - start) / 1e9;
            if (handled == 0) throw new IllegalStateException(name + " has handled nothing");
            return handled / seconds;
        }
    }

    /** Who skips work is no peer. The content is compared once: all rounds do the same. */
    private void requireSameModel(TaskHandler handler) {
        ReadModel model = new ReadModel(redis);
        boolean all = handler.handled() >= whole.events;
        long expected = all ? whole.tasks : handler.created();
        if (model.tasks() != expected)
            throw new IllegalStateException(
                    name + " has " + model.tasks() + " tasks, not " + expected);
        if (!all || compared) return;
        if (model.digest() != whole.digest)
            throw new IllegalStateException(name + " has made another read model than ours");
        compared = true;
    }
}
