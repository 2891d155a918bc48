package io.pms.bench;

import io.pms.bench.Case.Comparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How fast events are stored. */
@Command(
        name = "append",
        description =
                "Store events: one at a time by many clients, in bulk, and where clients want the same sequence.",
        mixinStandardHelpOptions = true)
final class AppendBench implements Callable<Integer> {
    /** What {@code --cases} may say. */
    enum Cases {
        APPEND,
        BULK,
        CONFLICTS
    }

    private static final List<Comparison> APPEND =
            List.of(
                    new Comparison("append", Measure.RATE),
                    new Comparison("append-p50", Measure.P50),
                    new Comparison("append-p99", Measure.P99),
                    new Comparison("append-p99-to-p50", Measure.P99, Measure.P50));

    private static final List<Comparison> BULK =
            List.of(
                    new Comparison("bulk-append", Measure.RATE),
                    new Comparison("bulk-append-p50", Measure.P50));

    private static final List<Comparison> CONFLICTS =
            List.of(
                    new Comparison("conflicts", Measure.RATE),
                    new Comparison("conflicts-p99", Measure.P99),
                    new Comparison("conflicts-attempts", Measure.ATTEMPTS),
                    new Comparison("conflicts-slowest", Measure.SLOWEST_SHARE));

    /** Where Axon's best number of clients is looked for. */
    private static final List<Integer> AXON_CLIENTS = List.of(8, 16, 32, 64, 128);

    /** With fewer clients nobody expects what one connection can store in packets. */
    private static final int CEILING_CLIENTS = 32;

    /** Units of an import that are under way at the same time. */
    private static final int BULK_IN_FLIGHT = 4;

    private static final int CONFLICT_CLIENTS = 64;
    private static final int CONFLICT_AGGREGATES = 8;

    @Mixin private Options options = new Options();
    @Mixin private Budget budget = new Budget();

    @Option(
            names = "--cases",
            split = ",",
            description = "Some of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "APPEND,BULK,CONFLICTS")
    private List<Cases> cases = List.of();

    @Option(
            names = "--clients",
            split = ",",
            description = "Numbers of clients of APPEND (default: ${DEFAULT-VALUE}).",
            defaultValue = "1,32,256")
    private List<Integer> clients = List.of();

    @Override
    public Integer call() throws Exception {
        return options.run("append", this::measure);
    }

    private void measure(Run run) throws Exception {
        for (Cases each : cases)
            switch (each) {
                case APPEND -> {
                    for (int number : clients) append(run, number);
                }
                case BULK -> bulk(run);
                case CONFLICTS -> conflicts(run);
            }
    }

    /** Each client appends to an aggregate of its own, an event at a time. */
    private void append(Run run, int clients) throws Exception {
        int axons = clients <= CEILING_CLIENTS ? clients : axonsBest(run);
        try (PmsStore pms = PmsStore.create(run.server());
                AxonStore axon = AxonStore.create(run.server(), axons);
                Ceiling ceiling = new Ceiling(run, pms)) {
            List<Subject> peers = new ArrayList<>(List.of(Appender.subject(axon, axons, budget)));
            if (clients >= CEILING_CLIENTS) peers.add(ceiling);
            run.measure(new Case(clients, Appender.subject(pms, clients, budget), peers, APPEND));
        }
    }

    /** The number of clients that Axon stores most with. */
    private int axonsBest(Run run) throws Exception {
        record Tried(int clients, double rate) {}
        List<Tried> tried = new ArrayList<>();
        for (int number : AXON_CLIENTS)
            try (AxonStore axon = AxonStore.create(run.server(), number)) {
                Subject subject = Appender.subject(axon, number, budget);
                subject.round(); // to warm up
                tried.add(new Tried(number, subject.round().get(Measure.RATE)));
                run.tell("axon-jdbc with %d clients: %,.0f events/s", number, tried.getLast().rate);
            }
        return tried.stream().max(Comparator.comparingDouble(Tried::rate)).orElseThrow().clients();
    }

    /** Units of an import: 1,000 events of many aggregates, some units at the same time. */
    private void bulk(Run run) throws Exception {
        try (PmsStore pms = PmsStore.create(run.server());
                AxonStore axon = AxonStore.create(run.server(), BULK_IN_FLIGHT);
                Ceiling ceiling = new Ceiling(run, pms)) {
            Subject ours = Importer.subject(pms, BULK_IN_FLIGHT, budget);
            Subject axons = Importer.subject(axon, BULK_IN_FLIGHT, budget);
            run.measure(new Case(BULK_IN_FLIGHT, ours, List.of(axons, ceiling), BULK));
        }
    }

    /** Several clients for each aggregate; who is late reads again and repeats. */
    private void conflicts(Run run) throws Exception {
        try (PmsStore pms = PmsStore.create(run.server());
                AxonStore axon = AxonStore.create(run.server(), CONFLICT_CLIENTS)) {
            Subject ours = Rival.subject(pms, CONFLICT_CLIENTS, CONFLICT_AGGREGATES, budget);
            Subject axons = Rival.subject(axon, CONFLICT_CLIENTS, CONFLICT_AGGREGATES, budget);
            run.measure(new Case(CONFLICT_CLIENTS, ours, List.of(axons), CONFLICTS));
        }
    }
}
