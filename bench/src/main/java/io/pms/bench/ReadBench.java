package io.pms.bench;

import io.pms.bench.Case.Comparison;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How fast the log is read from its start to its end. */
@Command(
        name = "read",
        description = "Replay all events from position 0, with their data left alone and decoded.",
        mixinStandardHelpOptions = true)
final class ReadBench implements Callable<Integer> {
    private static final int EVENTS_PER_AGGREGATE = 10;

    /** Where Axon's best batch size is looked for; its default is the first. */
    private static final List<Integer> AXON_BATCH_SIZES = List.of(100, 1_000, 10_000);

    @Mixin private Options options = new Options();

    @Option(
            names = "--events",
            description = "How many events there are (default: ${DEFAULT-VALUE}).",
            defaultValue = "200000")
    private int events;

    @Override
    public Integer call() throws Exception {
        return options.run("read", this::measure);
    }

    private void measure(Run run) throws Exception {
        try (PmsStore pms = PmsStore.create(run.server());
                AxonStore axon = AxonStore.create(run.server(), 1);
                StreamingSelect select = new StreamingSelect(run, pms.database())) {
            for (Store store : List.of(pms, axon)) {
                run.tell("%s stores %,d events", store.name(), stored());
                store.fill(
                        Sample.streams(
                                Sample.newAggregates(events / EVENTS_PER_AGGREGATE),
                                EVENTS_PER_AGGREGATE));
            }
            run.measure(
                    new Case(
                            1,
                            reader(pms.name(), pms::replayUndecoded),
                            List.of(select),
                            List.of(new Comparison("replay", Measure.RATE))));
            Store tuned = axonsBest(run, axon);
            run.measure(
                    new Case(
                            1,
                            reader(pms.name(), pms::replay),
                            List.of(reader(tuned.name(), tuned::replay)),
                            List.of(new Comparison("replay-decoded", Measure.RATE))));
        }
    }

    private long stored() {
        return (long) events / EVENTS_PER_AGGREGATE * EVENTS_PER_AGGREGATE;
    }

    private Store axonsBest(Run run, AxonStore axon) throws Exception {
        record Tried(Store store, double rate) {}
        Tried best = new Tried(axon, 0);
        for (int batchSize : AXON_BATCH_SIZES) {
            AxonStore store = axon.withBatchSize(batchSize);
            double rate = reader(store.name(), store::replay).round().get(Measure.RATE);
            run.tell("axon-jdbc reads %,d at once: %,.0f events/s", batchSize, rate);
            if (rate > best.rate) best = new Tried(store, rate);
        }
        return best.store;
    }

    private Subject reader(String name, LongSupplier replay) {
        return Subject.of(
                name,
                () -> {
                    long start = System.nanoTime();
                    long read = replay.getAsLong();
                    double seconds = (System.nanoTime() - start) / 1e9;
                    if (read != stored())
                        throw new IllegalStateException(
                                name + " read " + read + " events of " + stored());
                    return Outcome.of(Measure.RATE, read / seconds);
                });
    }
}
