package io.pms.bench;

import io.pms.bench.Case.Comparison;
import io.pms.embedded.SharedServers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What it costs a command to wait until it is archived. */
@Command(
        name = "durability",
        description = {
            "Send commands over HTTP to a platform that answers when they are in the archive,",
            "and to one that answers when they are committed and archives too. The archive is a folder."
        },
        mixinStandardHelpOptions = true)
final class DurabilityBench implements Callable<Integer> {
    @Mixin private Options options = new Options();

    @Option(
            names = "--clients",
            description = "Clients at the same time (default: ${DEFAULT-VALUE}).",
            split = ",",
            defaultValue = "1,32,256")
    private List<Integer> clients = List.of();

    @Option(
            names = "--seconds",
            description = "How long a subject is measured in a round (default: ${DEFAULT-VALUE}).",
            defaultValue = "10")
    private double seconds;

    @Override
    public Integer call() throws Exception {
        return options.run("durability", this::measure);
    }

    private void measure(Run run) throws Exception {
        run.tell("starting two platforms");
        try (Side archive = new Side(run, "archive");
                Side mysql = new Side(run, "mysql")) {
            for (int count : clients)
                run.measure(
                        new Case(
                                count,
                                Subject.of("archive", () -> archive.load(count, seconds)),
                                List.of(Subject.of("mysql", () -> mysql.load(count, seconds))),
                                List.of(
                                        new Comparison("durability", Measure.RATE),
                                        new Comparison("durability-p50", Measure.P50),
                                        new Comparison("durability-p99", Measure.P99))));
        }
    }

    /** A platform with its own archive. */
    private static final class Side implements AutoCloseable {
        private final PlatformProcess platform;
        private final TaskCommands commands;

        Side(Run run, String durability) throws Exception {
            platform =
                    PlatformProcess.start(
                            run.server().newDatabase(),
                            Map.of(
                                    "PMS_ARCHIVE_URL",
                                    "file:" + SharedServers.temporary("archive"),
                                    "PMS_DURABILITY",
                                    durability));
            commands = new TaskCommands(platform.url());
            commands.createProject();
        }

        Outcome load(int clients, double seconds) throws Exception {
            Clients.Request request =
                    () -> {
                        commands.send();
                        return 1;
                    };
            return Clients.run(clients, Budget.ofSeconds(seconds), 1, number -> request);
        }

        @Override
        public void close() {
            commands.close();
            platform.close();
        }
    }
}
