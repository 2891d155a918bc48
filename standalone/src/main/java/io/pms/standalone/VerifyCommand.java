package io.pms.standalone;

import io.pms.log.DatabaseUrl;
import io.pms.log.LogVerifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Recomputes the log from its rows, its archive from its entries, and checks proofs. */
@Command(
        name = "verify",
        description = {
            "Recompute the log from its rows and compare it with its head; with --archive the archive too, or alone.",
            "Or check a proof (--proof, --entry, --key), or two checkpoints (--checkpoint twice, --archive).",
            "Reads only; the platform may run meanwhile. Exit code 0 when everything is what was stored."
        },
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @Mixin private DatabaseOption place = new DatabaseOption();

    @Option(
            names = "--archive",
            paramLabel = "URL",
            description = "s3://bucket/prefix or file:/folder; alone, only the archive is verified")
    private @Nullable String archive;

    @Option(
            names = "--key",
            paramLabel = "VKEY",
            description =
                    "verifier key of the log, may come more than once (default: the archive's own)")
    private List<String> keys = List.of();

    @Option(names = "--proof", paramLabel = "FILE", description = "a .tlog-proof of one event")
    private @Nullable Path proof;

    @Option(names = "--entry", paramLabel = "FILE", description = "the event that it proves")
    private @Nullable Path entry;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "a file or URL; two of them: the larger log begins with the smaller one")
    private List<String> checkpoints = List.of();

    @Override
    public Integer call() throws Exception {
        UpCommand.quietUntilConfigured();
        if (proof != null || entry != null) return new ProofCheck(proof, entry, keys).run();
        if (archive == null) {
            if (!checkpoints.isEmpty())
                throw new IllegalArgumentException("--checkpoint needs --archive, for its tiles");
            return report("the log is damaged", "every event is what was stored", database());
        }
        try (ArchivePlace opened = ArchivePlace.open(archive, System.getenv())) {
            if (!checkpoints.isEmpty()) return new CheckpointCheck(opened, keys).run(checkpoints);
            return withArchive(opened);
        }
    }

    private int withArchive(ArchivePlace opened) {
        ArchiveCheck check = new ArchiveCheck(opened.archive(), opened.keys(keys));
        List<String> problems = new ArrayList<>(check.verify());
        if (!place.isGiven() || !problems.isEmpty())
            return report("the archive is damaged", "the archive is what was signed", problems);
        try (LogPlace database = place.open(System.getenv())) {
            problems.addAll(database(database));
            if (!problems.isEmpty()) return report("the log is damaged", "", problems);
            problems.addAll(check.compare(database.url()));
        }
        return report(
                "log and archive differ",
                "every event is what was stored and what was signed",
                problems);
    }

    private List<String> database() {
        try (LogPlace opened = place.open(System.getenv())) {
            return database(opened);
        }
    }

    private static List<String> database(LogPlace opened) {
        List<String> problems = new ArrayList<>();
        for (int log : LogVerifier.logs(opened.url())) problems.addAll(verify(opened.url(), log));
        return problems;
    }

    private static List<String> verify(DatabaseUrl url, int log) {
        ProgressBar bar = new ProgressBar(System.err, System.console() != null);
        LogVerifier.Result result =
                LogVerifier.verify(
                        url, log, (done, all) -> bar.show("verifying log " + log, done, all));
        bar.end();
        System.out.printf(
                "log %d: %,d events, root %s%n",
                log, result.events(), Base64.getEncoder().encodeToString(result.root()));
        return result.problems().stream().map(problem -> "log " + log + ": " + problem).toList();
    }

    private static int report(String bad, String good, List<String> problems) {
        if (problems.isEmpty()) {
            System.out.println(good);
            return 0;
        }
        problems.forEach(System.out::println);
        int others = problems.size() - 1;
        System.err.println(
                "pms: "
                        + bad
                        + ": "
                        + problems.getFirst()
                        + (others == 0 ? "" : "; " + others + " more above"));
        return 1;
    }
}
