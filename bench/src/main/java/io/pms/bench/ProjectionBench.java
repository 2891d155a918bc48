package io.pms.bench;

import io.pms.bench.Case.Comparison;
import io.pms.embedded.SharedServers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How fast read models are built. */
@Command(
        name = "projection",
        description =
                "Build the projection of tasks again from the whole log, into an empty Redis.",
        mixinStandardHelpOptions = true)
final class ProjectionBench implements Callable<Integer> {
    /** What {@code --cases} may say. */
    enum Cases {
        REBUILD
    }

    private static final List<Comparison> COMPARISONS =
            List.of(new Comparison("rebuild", Measure.RATE));

    private static final List<String> TENANTS = TaskHistory.tenants(50);
    private static final TaskHistory.Shape SHAPE = new TaskHistory.Shape(20, 40, 10);

    /** Nobody waits longer for a peer. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    @Mixin private Options options = new Options(3);

    @Option(
            names = "--cases",
            split = ",",
            description = "Some of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "REBUILD")
    private List<Cases> cases = List.of();

    @Option(
            names = "--events",
            description = "How many events there are (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000000")
    private long events;

    @Option(
            names = "--axon-seconds",
            description =
                    "How long axon-pooled is measured in a round at most (default: ${DEFAULT-VALUE}).",
            defaultValue = "60")
    private long axonSeconds;

    @Override
    public Integer call() throws Exception {
        return options.run("projection", this::measure);
    }

    private void measure(Run run) throws Exception {
        for (Cases each : cases)
            switch (each) {
                case REBUILD -> rebuild(run);
            }
    }

    private void rebuild(Run run) throws Exception {
        try (PmsStore pms = PmsStore.create(run.server());
                AxonStore axon = AxonStore.create(run.server(), AxonProcessor.Setup.CONNECTIONS);
                BenchRedis redis = BenchRedis.start();
                WriteTape tape = new WriteTape(SharedServers.temporary("tape").resolve("writes"))) {
            int tasks = 0;
            for (Store store : List.of(pms, axon)) tasks = fill(run, store);
            Rebuild ours = new Rebuild(pms, redis, TENANTS, tasks);
            run.tell("recording what %s writes", ours.name());
            MonitorRecorder.record(redis, tape, ours::recorded);
            run.tell("%,d writes for %,d events of %,d tasks", tape.commands(), events, tasks);
            run.measure(new Case(1, ours, peers(pms, axon, redis, tape, tasks), COMPARISONS));
        }
    }

    private int fill(Run run, Store store) throws Exception {
        run.tell("%s stores %,d events", store.name(), events);
        TaskHistory history = new TaskHistory(TENANTS, SHAPE);
        store.fillInOrder(history.events(events));
        return history.tasks();
    }

    /** Expects our read model in Redis. */
    private List<Subject> peers(
            PmsStore pms, AxonStore axon, BenchRedis redis, WriteTape tape, int tasks) {
        AxonRebuild.Whole whole =
                new AxonRebuild.Whole(events, tasks, new ReadModel(redis).digest());
        LastOutcome replay = new LastOutcome("replay", () -> replay(pms));
        LastOutcome writes = new LastOutcome("pipelining", () -> write(tape, redis, tasks));
        return List.of(
                AxonRebuild.pooled(axon, redis, whole, Duration.ofSeconds(axonSeconds)),
                AxonRebuild.tuned(axon, redis, whole, LONGEST),
                replay,
                writes,
                Subject.of("ceiling", () -> slower(replay.last(), writes.last())));
    }

    /** Reads and decodes all events, and writes nothing. */
    private Outcome replay(PmsStore pms) {
        long start = System.nanoTime();
        long read = pms.replay();
        return rate(read, start);
    }

    /** Writes what ours has written, and reads nothing. */
    private Outcome write(WriteTape tape, BenchRedis redis, int tasks) throws Exception {
        redis.empty();
        long start = System.nanoTime();
        tape.send(redis);
        Outcome outcome = rate(events, start);
        if (new ReadModel(redis).tasks() != tasks)
            throw new IllegalStateException("what was recorded is not all that was written");
        return outcome;
    }

    private static Outcome rate(long events, long startNanos) {
        return Outcome.of(Measure.RATE, events / ((System.nanoTime() - startNanos) / 1e9));
    }

    /** Who does the work of both cannot be faster than the slower one alone. */
    private static Outcome slower(Outcome one, Outcome other) {
        return one.get(Measure.RATE) < other.get(Measure.RATE) ? one : other;
    }
}
