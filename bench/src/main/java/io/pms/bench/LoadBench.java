package io.pms.bench;

import io.pms.bench.Case.Comparison;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How fast an aggregate's events are read, as Axon reads them to load it. */
@Command(
        name = "load",
        description =
                "Load aggregates of 10, 100 and 1,000 events, through Axon's interface on both sides.",
        mixinStandardHelpOptions = true)
final class LoadBench implements Callable<Integer> {
    @Mixin private Options options = new Options();
    @Mixin private Budget budget = new Budget();

    @Option(
            names = "--lengths",
            split = ",",
            description = "Events an aggregate (default: ${DEFAULT-VALUE}).",
            defaultValue = "10,100,1000")
    private List<Integer> lengths = List.of();

    @Option(
            names = "--stored",
            description =
                    "Events of all aggregates of one length together (default: ${DEFAULT-VALUE}).",
            defaultValue = "40000")
    private int stored;

    @Override
    public Integer call() throws Exception {
        return options.run("load", this::measure);
    }

    private void measure(Run run) throws Exception {
        try (PmsStore pms = PmsStore.create(run.server());
                AxonStore axon = AxonStore.create(run.server(), 1)) {
            for (int length : lengths) {
                List<String> aggregates = Sample.newAggregates(stored / length);
                for (Store store : List.of(pms, axon))
                    store.fill(Sample.streams(aggregates, length));
                List<Comparison> comparisons =
                        List.of(
                                new Comparison("load-" + length, Measure.RATE),
                                new Comparison("load-" + length + "-p50", Measure.P50),
                                new Comparison("load-" + length + "-p99", Measure.P99));
                // One query for all, which is better for Axon than its default of 100.
                AxonStore tuned = axon.withBatchSize(length + 1);
                run.measure(
                        new Case(
                                1,
                                loader(pms, aggregates, length),
                                List.of(loader(tuned, aggregates, length)),
                                comparisons));
            }
        }
    }

    /** One client, which loads an aggregate after the other. */
    private Subject loader(Store store, List<String> aggregateIds, int length) {
        List<String> shuffled = new ArrayList<>(aggregateIds);
        Collections.shuffle(shuffled, new Random(length));
        return Subject.of(
                store.name(),
                () -> {
                    Iterator<String> next =
                            Stream.generate(() -> shuffled).flatMap(List::stream).iterator();
                    return Clients.run(
                            1, budget, length, client -> () -> load(store, next.next(), length));
                });
    }

    private static int load(Store store, String aggregateId, int length) {
        int events = 0;
        for (DomainEventStream stream = store.load(aggregateId); stream.hasNext(); events++)
            stream.next().getPayload();
        if (events != length)
            throw new IllegalStateException(
                    store.name() + " read " + events + " events of " + length);
        return 1;
    }
}
