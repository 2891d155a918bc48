package io.pms.bench;

import io.pms.bench.Case.Comparison;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How fast the platform answers commands that come at a given rate. */
@Command(
        name = "http",
        description =
                "Send commands over HTTP to the whole platform, at a fixed rate, with the generator on the same machine.",
        mixinStandardHelpOptions = true)
final class HttpBench implements Callable<Integer> {
    /** What production hardware has to do, at 1,000 requests a second. */
    private static final Outcome TARGET = Outcome.of(Measure.P95, 200).with(Measure.P99, 500);

    private static final List<Comparison> COMPARISONS =
            List.of(
                    new Comparison("http", Measure.REQUESTS),
                    new Comparison("http-p50", Measure.P50, Measure.P95),
                    new Comparison("http-p95", Measure.P95),
                    new Comparison("http-p99", Measure.P99));

    @Mixin private Options options = new Options();

    @Option(
            names = "--rate",
            description = "Requests offered a second (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    private double rate;

    @Option(
            names = "--seconds",
            description = "How long they are offered in a round (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private double seconds;

    @Option(
            names = "--clients",
            description = "Requests that may wait for an answer (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    private int clients;

    @Override
    public Integer call() throws Exception {
        return options.run("http", this::measure);
    }

    private void measure(Run run) throws Exception {
        run.tell("starting the platform");
        try (PlatformProcess platform = PlatformProcess.start(run.server().newDatabase());
                TaskCommands commands = new TaskCommands(platform.url())) {
            commands.createProject();
            OpenLoop load = new OpenLoop(rate, (int) (rate * seconds), clients);
            Outcome target = TARGET.with(Measure.REQUESTS, rate);
            run.measure(
                    new Case(
                            clients,
                            Subject.of("pms", () -> load.run(commands::send)),
                            List.of(Subject.of("target", () -> target)),
                            COMPARISONS));
        }
    }
}
