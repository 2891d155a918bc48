package io.pms.standalone;

import io.pms.archive.TrustedArchive;
import io.pms.recovery.DrillHistory;
import io.pms.recovery.DrillReport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Does the whole recovery, beside the living system. */
@Command(
        name = "drill",
        description = {
            "Restore the archive into a scratch database and Redis, serve it, compare it with the living platform,",
            "and say how much would have been lost and how long it took to serve again.",
            "The report is kept in the archive. Exit code 0 when nothing was wrong."
        },
        mixinStandardHelpOptions = true)
final class DrillCommand implements Callable<Integer> {
    @Option(
            names = "--archive",
            paramLabel = "URL",
            description = "s3://bucket/prefix or file:/folder (default: PMS_ARCHIVE_URL)")
    private @Nullable String archive;

    @Option(
            names = "--key",
            paramLabel = "VKEY",
            description = "verifier key of the log (default: the archive's own)")
    private List<String> keys = List.of();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "the living platform (default: PMS_URL, else http://127.0.0.1:3000)")
    private @Nullable URI url;

    @Option(names = "--alone", description = "compare with nothing: there is no living platform")
    private boolean alone;

    @Option(
            names = "--scratch",
            paramLabel = "DIR",
            description =
                    "where scratch goes; removed afterwards (default: the system's temporary folder)")
    private @Nullable Path scratch;

    @Option(names = "--history", description = "show the drills that were held, and hold none")
    private boolean history;

    @Override
    public Integer call() throws Exception {
        UpCommand.quietUntilConfigured();
        Map<String, String> environment = System.getenv();
        String where = archive != null ? archive : environment.get("PMS_ARCHIVE_URL");
        if (where == null)
            throw new IllegalArgumentException(
                    "say where the archive is: --archive s3://bucket/prefix or file:/folder");
        try (ArchivePlace place = ArchivePlace.open(where, environment)) {
            if (history) return show(new DrillHistory(place.store()).all());
            TrustedArchive trusted = TrustedArchive.open(place.archive(), place.keys(keys));
            DrillReport report = drill(trusted, environment);
            new DrillHistory(place.store()).add(report);
            return show(report);
        }
    }

    private DrillReport drill(TrustedArchive trusted, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path folder =
                scratch == null
                        ? Files.createTempDirectory("pms-drill")
                        : Files.createTempDirectory(Files.createDirectories(scratch), "drill");
        RestoreProgress progress = new RestoreProgress();
        try {
            return new Drill(trusted, folder, living(environment), Map.of(), progress).run();
        } finally {
            progress.end();
            delete(folder);
        }
    }

    private @Nullable URI living(Map<String, String> environment) {
        if (alone) return null;
        if (url != null) return url;
        return URI.create(environment.getOrDefault("PMS_URL", "http://127.0.0.1:3000"));
    }

    private static int show(List<DrillReport> reports) {
        if (reports.isEmpty()) System.out.println("no drill was held yet");
        for (DrillReport report : reports)
            System.out.printf(
                    "%s  %,d events  RPO %.1f s  RTO %.1f s  %s%n",
                    report.time(),
                    report.events(),
                    report.rpoSeconds(),
                    report.rtoSeconds(),
                    report.ok() ? "well" : String.join("; ", report.problems()));
        return 0;
    }

    private static int show(DrillReport report) {
        System.out.printf(
                "restored and verified %,d events in %.1f s%n",
                report.events(), report.restoreSeconds());
        System.out.printf("served again after %.1f s (RTO)%n", report.rtoSeconds());
        System.out.printf("%.1f s of events were not in the archive (RPO)%n", report.rpoSeconds());
        System.out.printf(
                "%,d projects, tasks and people are shown as in the living system; %,d have changed since%n",
                report.compared(), report.changed());
        if (report.ok()) return 0;
        report.problems().forEach(System.out::println);
        System.err.println(
                "pms: the drill found "
                        + report.problems().size()
                        + " problems, the first: "
                        + report.problems().getFirst());
        return 1;
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path directory, @Nullable IOException failure) throws IOException {
                        Files.delete(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
