package io.pms.bench;

import io.pms.bench.Case.Comparison;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What an event takes on disk. */
@Command(
        name = "disk",
        description = "Bytes on disk an event, indexes included: the size of the tables' files.",
        mixinStandardHelpOptions = true)
final class DiskBench implements Callable<Integer> {
    private static final int EVENTS_PER_AGGREGATE = 10;

    @Mixin private Options options = new Options();

    @Option(
            names = "--events",
            description = "How many events are stored (default: ${DEFAULT-VALUE}).",
            defaultValue = "500000")
    private int events;

    @Override
    public Integer call() throws Exception {
        return options.run("disk", this::measure);
    }

    private void measure(Run run) throws Exception {
        try (PmsStore pms = PmsStore.create(run.server());
                AxonStore axon = AxonStore.create(run.server(), 1)) {
            List<String> aggregates = Sample.newAggregates(events / EVENTS_PER_AGGREGATE);
            for (Store store : List.of(pms, axon)) {
                run.tell("%s stores %,d events", store.name(), events);
                store.fill(Sample.streams(aggregates, EVENTS_PER_AGGREGATE));
            }
            Subject theirs = files(run, axon, List.of("DomainEventEntry"));
            compare(run, "disk", files(run, pms, List.of("event")), theirs);
            compare(run, "disk-first-day", files(run, pms, PmsStore.TABLES), theirs);
        }
    }

    private static void compare(Run run, String name, Subject ours, Subject theirs)
            throws Exception {
        run.measureOnce(
                new Case(1, ours, List.of(theirs), List.of(new Comparison(name, Measure.DISK))));
    }

    private Subject files(Run run, Store store, List<String> tables) {
        long stored = (long) events / EVENTS_PER_AGGREGATE * EVENTS_PER_AGGREGATE;
        return Subject.of(
                store.name(),
                () -> {
                    long bytes = 0;
                    for (String table : tables)
                        bytes += run.server().fileBytes(store.database(), table);
                    return Outcome.of(Measure.DISK, (double) bytes / stored);
                });
    }
}
