package io.pms.bench;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How soon changes can be seen, and how long queries take. */
@Command(
        name = "latency",
        description =
                "Ask the whole platform over HTTP: when a change is visible, and what queries take as data grow.",
        mixinStandardHelpOptions = true)
final class LatencyBench implements Callable<Integer> {
    /** What {@code --cases} may say. */
    enum Cases {
        VISIBLE,
        VISIBLE_DURING_REBUILD,
        QUERIES,
        GROWTH;

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Mixin private Options options = new Options(3);

    @Option(
            names = "--cases",
            split = ",",
            description = "Some of ${COMPLETION-CANDIDATES} (default: all).")
    private Set<Cases> cases = EnumSet.allOf(Cases.class);

    @Option(
            names = "--seconds",
            description = "How long a subject is measured in a round (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private double seconds;

    @Option(
            names = "--events",
            description =
                    "Events in the log of visible-during-rebuild (default: ${DEFAULT-VALUE}).",
            defaultValue = "300000")
    private long events;

    @Option(
            names = "--tasks",
            description =
                    "Tasks of the organisation that queries are for; growth compares it with one that has a tenth (default: ${DEFAULT-VALUE}).",
            defaultValue = "100000")
    private int tasks;

    @Option(
            names = "--rate",
            description = "Requests of queries a second (default: ${DEFAULT-VALUE}).",
            defaultValue = "500")
    private double rate;

    @Override
    public Integer call() throws Exception {
        return options.run("latency", this::measure);
    }

    private void measure(Run run) throws Exception {
        VisibilityCases visibility = new VisibilityCases(run, seconds);
        if (cases.contains(Cases.VISIBLE)) visibility.idle();
        if (cases.contains(Cases.VISIBLE_DURING_REBUILD)) visibility.duringRebuild(events);
        boolean queries = cases.contains(Cases.QUERIES);
        boolean growth = cases.contains(Cases.GROWTH);
        if (!queries && !growth) return;
        try (QueryCases tasks = QueryCases.start(run, seconds, this.tasks)) {
            if (queries) tasks.queries(rate);
            if (growth) tasks.growth();
        }
    }
}
