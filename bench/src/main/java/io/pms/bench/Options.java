package io.pms.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What all benches can be told, and how they are run. */
final class Options {
    @Option(
            names = "--server",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "MARIADB")
    private ServerKind.Choice server = ServerKind.Choice.MARIADB;

    @Option(
            names = "--rounds",
            description = "Rounds that count, after one to warm up (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--buffer-pool",
            paramLabel = "SIZE",
            description = "The server's InnoDB buffer pool (default: ${DEFAULT-VALUE}).",
            defaultValue = "2G")
    private String bufferPool = "2G";

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results as JSON too.")
    private @Nullable Path json;

    Options() {
        this(5);
    }

    /**
     * @param rounds unless {@code --rounds} says otherwise
     */
    Options(int rounds) {
        this.rounds = rounds;
    }

    /** What a bench does on one server. */
    interface Work {
        void on(Run run) throws Exception;
    }

    /**
     * Does the work on each server that was asked for, and reports what came of it before the next
     * one starts.
     */
    int run(String bench, Work work) throws Exception {
        if (rounds < 1) throw new IllegalArgumentException("--rounds is at least 1");
        PrintStream out = System.out;
        List<Line> lines = new ArrayList<>();
        for (ServerKind kind : server.kinds())
            try (BenchServer started = BenchServer.start(kind, bufferPool)) {
                out.println(started.describe());
                Run run = new Run(bench, started, rounds, out);
                work.on(run);
                out.println();
                out.println(Report.table(run.lines()));
                lines.addAll(run.lines());
                if (json != null) write(json, Report.json(lines));
            }
        return 0;
    }

    private static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) Files.createDirectories(folder);
        Files.writeString(file, text);
    }
}
