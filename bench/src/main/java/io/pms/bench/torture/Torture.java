package io.pms.bench.torture;

import io.pms.bench.torture.TortureRun.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The checker's command: exit code 0 when every invariant held and every kind of fault happened.
 */
@Command(
        name = "torture",
        description = {
            "Append from several processes while writers, the database and the connections between"
                    + " them fail, and check that the log keeps what it promises.",
            "The same seed draws the same work and the same faults; how they meet differs from run"
                    + " to run."
        },
        mixinStandardHelpOptions = true)
public final class Torture implements Callable<Integer> {
    @Option(
            names = "--minutes",
            description = "How long (default: ${DEFAULT-VALUE}).",
            defaultValue = "3")
    private double minutes;

    @Option(names = "--seed", description = "Of work and faults (default: a random one, printed).")
    private @Nullable Long seed;

    @Option(
            names = "--writers",
            description = "Processes that append (default: ${DEFAULT-VALUE}).",
            defaultValue = "3")
    private int writers;

    @Option(
            names = "--clients",
            description = "Clients of each writer (default: ${DEFAULT-VALUE}).",
            defaultValue = "6")
    private int clients;

    @Option(
            names = "--server",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "MARIADB")
    private TortureDatabase.Kind kind = TortureDatabase.Kind.MARIADB;

    @Option(names = "--no-binlog", description = "Without the server's binary log.")
    private boolean withoutBinlog;

    @Option(names = "--keep", description = "Keep data and logs also when all is well.")
    private boolean keep;

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        Options options =
                new Options(
                        kind,
                        Duration.ofMillis(Math.round(minutes * 60_000)),
                        seed != null ? seed : ThreadLocalRandom.current().nextLong(1_000_000_000),
                        writers,
                        clients,
                        !withoutBinlog);
        Runtime.getRuntime().addShutdownHook(new Thread(Torture::endChildren));
        Path home = Files.createTempDirectory("pms-torture-");
        out.println("seed " + options.seed() + ", data in " + home);
        Verdict verdict = new TortureRun(options, home, out).run();
        out.print(verdict.summary().text());
        if (verdict.violations().isEmpty() && !keep) delete(home);
        else out.println("data and logs are kept in " + home);
        out.println(verdict.lastLine());
        return verdict.exitCode();
    }

    /** Also those that are suspended, when the run is interrupted. */
    private static void endChildren() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }

    static void delete(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
