package io.pms.bench;

import io.pms.bench.Case.Comparison;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether appending gets slower as the log grows. */
@Command(
        name = "growth",
        description = "Append to a log that has many events, and to logs that have few.",
        mixinStandardHelpOptions = true)
final class GrowthBench implements Callable<Integer> {
    private static final List<Comparison> COMPARISONS =
            List.of(
                    new Comparison("growth", Measure.RATE),
                    new Comparison("growth-p50", Measure.P50),
                    new Comparison("growth-p99", Measure.P99));

    private static final int EVENTS_PER_AGGREGATE = 10;

    /** Events that are stored before the binary log is emptied, so that the disk takes them all. */
    private static final int CHUNK_EVENTS = 500_000;

    @Mixin private Options options = new Options();
    @Mixin private Budget budget = new Budget();

    @Option(
            names = "--large",
            description = "Events of the large log (default: ${DEFAULT-VALUE}).",
            defaultValue = "10000000")
    private int large;

    @Option(
            names = "--small",
            description = "Events of a small one (default: ${DEFAULT-VALUE}).",
            defaultValue = "100000")
    private int small;

    @Option(
            names = "--clients",
            description = "Clients that append (default: ${DEFAULT-VALUE}).",
            defaultValue = "256")
    private int clients;

    @Override
    public Integer call() throws Exception {
        return options.run("growth", this::measure);
    }

    private void measure(Run run) throws Exception {
        try (PmsStore grown = filled(run, large)) {
            Deque<PmsStore> fresh = new ArrayDeque<>();
            for (int round = 0; round <= run.rounds(); round++) fresh.add(filled(run, small));
            run.tell(
                    "indexes beside the rows: %,d MB",
                    run.server().indexBytes(grown.database()) >> 20);
            run.server().settle();
            run.measure(
                    new Case(
                            clients,
                            Appender.subject(grown, clients, budget),
                            List.of(Subject.of("pms-" + small, () -> appendTo(fresh.remove()))),
                            COMPARISONS));
        }
    }

    private Outcome appendTo(PmsStore store) throws Exception {
        try (store) {
            return Appender.run(store, clients, budget);
        }
    }

    private static PmsStore filled(Run run, int events) throws Exception {
        PmsStore store = PmsStore.create(run.server());
        for (int stored = 0; stored < events; stored += CHUNK_EVENTS) {
            int more = Math.min(CHUNK_EVENTS, events - stored);
            List<String> aggregates = Sample.newAggregates(more / EVENTS_PER_AGGREGATE);
            store.fill(Sample.streams(aggregates, EVENTS_PER_AGGREGATE));
            run.server().emptyBinaryLog();
            run.tell("%,d events of %,d stored", stored + more, events);
        }
        return store;
    }
}
