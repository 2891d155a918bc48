package io.pms.standalone;

import io.pms.log.DatabaseUrl;
import io.pms.log.LogVerifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Recomputes the log from its rows and says what is wrong with it. */
@Command(
        name = "verify",
        description = {
            "Recompute the log from its rows and compare it with its head.",
            "Reads only; the platform may run meanwhile. Exit code 0 when every event is what was stored."
        },
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @ArgGroup private Place place = new Place();

    /** One or the other. */
    static final class Place {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "the data directory of ./pms up (default: .pms)")
        private @Nullable Path data;

        @Option(
                names = "--database",
                paramLabel = "URL",
                description = "mysql://user:password@host:3306/database (default: DATABASE_URL)")
        private @Nullable String database;

        LogPlace open(Map<String, String> environment) {
            if (data != null) return LogPlace.in(data);
            String url = database != null ? database : environment.get("DATABASE_URL");
            return url != null ? LogPlace.at(DatabaseUrl.parse(url)) : LogPlace.in(Path.of(".pms"));
        }
    }

    @Override
    public Integer call() {
        UpCommand.quietUntilConfigured();
        try (LogPlace opened = place.open(System.getenv())) {
            List<String> problems = new ArrayList<>();
            for (int log : LogVerifier.logs(opened.url()))
                problems.addAll(verify(opened.url(), log));
            return report(problems);
        }
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

    private static int report(List<String> problems) {
        if (problems.isEmpty()) {
            System.out.println("every event is what was stored");
            return 0;
        }
        problems.forEach(System.out::println);
        int others = problems.size() - 1;
        System.err.println(
                "pms: the log is damaged: "
                        + problems.getFirst()
                        + (others == 0 ? "" : "; " + others + " more above"));
        return 1;
    }
}
