package io.pms.standalone;

import io.pms.recovery.DrillHistory;
import io.pms.recovery.DrillReport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Does the whole recovery, beside the living system. */
@Command(
        name = "drill",
        description = {
            "Restore the archive into a scratch database and Redis, serve it, compare it with the living platform,",
            "and the living log (--data, --database) with the archive,",
            "and say how much would have been lost and how long it took to serve again.",
            "The report is kept in the archive, also of a drill that failed. Exit code 0 when nothing was wrong."
        },
        mixinStandardHelpOptions = true)
final class DrillCommand implements Callable<Integer> {
    @Mixin private ArchiveOption archive = new ArchiveOption();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "the living platform (default: PMS_URL, else http://127.0.0.1:3000)")
    private @Nullable URI url;

    @Mixin private DatabaseOption livingLog = new DatabaseOption();

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
        try (ArchivePlace place = archive.open(environment)) {
            DrillHistory drills = new DrillHistory(place.store());
            if (history) return DrillText.show(drills.all());
            DrillReport report = drill(place, environment);
            int code = DrillText.show(report);
            drills.add(report);
            return code;
        }
    }

    private DrillReport drill(ArchivePlace place, Map<String, String> environment)
            throws IOException, InterruptedException {
        RestoreProgress progress = new RestoreProgress();
        try (ScratchSpace space = ScratchSpace.open(scratch)) {
            DrillReport report =
                    new Drill(
                                    () -> archive.trusted(place),
                                    space,
                                    living(environment),
                                    livingLog(environment),
                                    progress)
                            .run();
            if (space.isStopping()) throw new InterruptedException("the drill was stopped");
            return report;
        } finally {
            progress.end();
        }
    }

    private @Nullable Supplier<LogPlace> livingLog(Map<String, String> environment) {
        if (alone || !livingLog.isKnown(environment)) return null;
        return () -> livingLog.open(environment);
    }

    private @Nullable URI living(Map<String, String> environment) {
        if (alone) return null;
        if (url != null) return url;
        return URI.create(environment.getOrDefault("PMS_URL", "http://127.0.0.1:3000"));
    }
}
