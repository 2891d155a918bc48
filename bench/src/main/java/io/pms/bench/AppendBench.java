package io.pms.bench;

import io.pms.bench.Case.Comparison;
import java.time.Duration;
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
                "Append with 1, 32 and 256 clients: ours against Axon's JDBC engine and against what one connection can store.",
        mixinStandardHelpOptions = true)
final class AppendBench implements Callable<Integer> {
    private static final List<Comparison> COMPARISONS =
            List.of(
                    new Comparison("append", Measure.RATE),
                    new Comparison("append-p50", Measure.P50),
                    new Comparison("append-p99", Measure.P99),
                    new Comparison("append-p99-to-p50", Measure.P99, Measure.P50));

    /** Where Axon's best number of clients is looked for. */
    private static final List<Integer> AXON_CLIENTS = List.of(8, 16, 32, 64, 128);

    /** With fewer clients nobody expects what one connection can store in packets. */
    private static final int CEILING_CLIENTS = 32;

    @Mixin private Options options = new Options();

    @Option(
            names = "--clients",
            split = ",",
            description = "Numbers of clients (default: ${DEFAULT-VALUE}).",
            defaultValue = "1,32,256")
    private List<Integer> clients = List.of();

    @Option(
            names = "--seconds",
            description = "How long a subject appends in a round (default: ${DEFAULT-VALUE}).",
            defaultValue = "2")
    private double seconds;

    @Option(
            names = "--events",
            description = "How many events a subject appends in a round, instead of --seconds.")
    private long events;

    @Override
    public Integer call() throws Exception {
        return options.run("append", this::measure);
    }

    private void measure(Run run) throws Exception {
        for (int ours : clients) {
            int axons = ours <= CEILING_CLIENTS ? ours : axonsBest(run);
            try (PmsStore pms = PmsStore.create(run.server());
                    AxonStore axon = AxonStore.create(run.server(), axons);
                    Ceiling ceiling = new Ceiling(run, pms)) {
                List<Subject> peers = new ArrayList<>(List.of(appender(axon, axons)));
                if (ours >= CEILING_CLIENTS) peers.add(ceiling);
                run.measure(new Case(ours, appender(pms, ours), peers, COMPARISONS));
            }
        }
    }

    /** The number of clients that Axon stores most with. */
    private int axonsBest(Run run) throws Exception {
        record Tried(int clients, double rate) {}
        List<Tried> tried = new ArrayList<>();
        for (int number : AXON_CLIENTS)
            try (AxonStore axon = AxonStore.create(run.server(), number)) {
                Subject subject = appender(axon, number);
                subject.round();
                double rate = subject.round().get(Measure.RATE);
                run.tell("axon-jdbc with %d clients: %,.0f events/s", number, rate);
                tried.add(new Tried(number, rate));
            }
        return tried.stream().max(Comparator.comparing(Tried::rate)).orElseThrow().clients();
    }

    /** Each client appends to an aggregate of its own, an event at a time. */
    private Subject appender(Store store, int clients) {
        Budget budget = new Budget(Duration.ofNanos((long) (seconds * 1e9)), events);
        return Subject.of(
                store.name(), () -> Clients.run(clients, budget, 1, () -> new Appender(store)));
    }

    private static final class Appender implements Clients.Request {
        private final Store store;
        private final String aggregateId = Sample.newAggregate();
        private long sequence;

        Appender(Store store) {
            this.store = store;
        }

        @Override
        public void send() throws Exception {
            if (!store.append(List.of(Sample.of(aggregateId, sequence++))))
                throw new IllegalStateException(store.name() + " tells a conflict where none is");
        }
    }
}
