package io.pms.bench;

import com.sun.management.OperatingSystemMXBean;
import io.pms.bench.Case.Comparison;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogVerifier;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How fast every hash of the log is computed again. */
@Command(
        name = "verify",
        description = "Recompute the log from its rows, as ./pms verify does.",
        mixinStandardHelpOptions = true)
final class VerifyBench implements Callable<Integer> {
    private static final int EVENTS_PER_AGGREGATE = 10;

    /** What a core of the verifier's is to do. */
    private static final Outcome TARGET = Outcome.of(Measure.RATE_PER_CORE, 300_000);

    @Mixin private Options options = new Options();

    @Option(
            names = "--events",
            description = "How many events there are (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000000")
    private int events;

    @Override
    public Integer call() throws Exception {
        return options.run("verify", this::measure);
    }

    private void measure(Run run) throws Exception {
        try (PmsStore pms = PmsStore.create(run.server());
                StreamingSelect select = new StreamingSelect(run, pms.database())) {
            run.tell("pms stores %,d events", events);
            pms.fill(
                    Sample.streams(
                            Sample.newAggregates(events / EVENTS_PER_AGGREGATE),
                            EVENTS_PER_AGGREGATE));
            DatabaseUrl url = DatabaseUrl.parse(pms.database().applicationUrl());
            Subject ours = Subject.of(pms.name(), () -> verify(url));
            run.measure(against(select, ours, new Comparison("verify", Measure.RATE)));
            run.measure(
                    against(
                            Subject.of("target", () -> TARGET),
                            ours,
                            new Comparison("verify-per-core", Measure.RATE_PER_CORE)));
        }
    }

    private static Case against(Subject peer, Subject ours, Comparison comparison) {
        return new Case(1, ours, List.of(peer), List.of(comparison));
    }

    private static Outcome verify(DatabaseUrl url) {
        double cpuBefore = cpuSeconds();
        long start = System.nanoTime();
        LogVerifier.Result result = LogVerifier.verify(url, 0, LogVerifier.Progress.NONE);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!result.ok())
            throw new IllegalStateException("the log is damaged: " + result.problem());
        return Outcome.of(Measure.RATE, result.events() / seconds)
                .with(Measure.RATE_PER_CORE, result.events() / (cpuSeconds() - cpuBefore));
    }

    /** What all threads of this process have used of all cores; the server's are not in it. */
    private static double cpuSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
                / 1e9;
    }
}
