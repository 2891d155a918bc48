package io.pms.bench;

import io.pms.bench.Case.Comparison;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How soon a change is visible, on a machine at rest and while projections are being built. */
final class VisibilityCases {
    private static final List<Comparison> IDLE =
            List.of(
                    new Comparison("visible", Measure.WAIT_P50, Measure.COMMIT_P50),
                    new Comparison("visible-p99-to-p50", Measure.WAIT_P99, Measure.COMMIT_P50),
                    new Comparison("visible-whole-p50", Measure.P50),
                    new Comparison("visible-whole-p99", Measure.P99));

    private static final List<Comparison> DURING_REBUILD =
            List.of(
                    new Comparison("visible-during-rebuild-p99", Measure.P99),
                    new Comparison("visible-during-rebuild-wait-p99", Measure.WAIT_P99),
                    new Comparison("visible-during-rebuild-p50", Measure.P50));

    /** So that it is not always the same one that changes. */
    private static final int TASKS = 50;

    private static final List<String> TENANTS = TaskHistory.tenants(50);
    private static final TaskHistory.Shape SHAPE = new TaskHistory.Shape(20, 40, 10);

    /** What was replaced goes soon, and so not while the platform is to be at rest. */
    private static final Map<String, String> SHORT_GRACE =
            Map.of("PMS_PROJECTIONS_GRACE", "2s", PlatformProcess.POLICIES_RUN, "false");

    /** It has gone by then. */
    private static final long SETTLE_SECONDS = 10;

    private final Run run;
    private final Budget budget;

    /**
     * @param seconds how long a subject is measured in a round
     */
    VisibilityCases(Run run, double seconds) {
        this.run = run;
        this.budget = Budget.ofSeconds(seconds);
    }

    /** What waiting adds to a query, against what an event's way into the log takes. */
    void idle() throws Exception {
        run.tell("starting the platform");
        try (PmsStore commits = PmsStore.create(run.server());
                PlatformProcess platform = PlatformProcess.start(run.server().newDatabase());
                TaskCommands commands = new TaskCommands(platform.url())) {
            Visibility visibility = visibility(commands, commits);
            run.measure(
                    new Case(
                            1,
                            visibility,
                            List.of(
                                    Subject.of("commit", visibility::commit),
                                    Subject.of("query", visibility::query)),
                            IDLE));
        }
    }

    /** The same while all projections are built from so many events, against the same at rest. */
    void duringRebuild(long events) throws Exception {
        BenchServer.Database database = filled(events);
        run.tell("starting the platform");
        try (PmsStore commits = PmsStore.create(run.server());
                PlatformProcess platform = PlatformProcess.start(database, SHORT_GRACE);
                PlatformClient operator = new PlatformClient(platform.url(), "default");
                TaskCommands commands = new TaskCommands(platform.url())) {
            PlatformProjections projections = new PlatformProjections(operator);
            projections.awaitCaughtUp();
            Visibility visibility = visibility(commands, commits);
            run.measure(
                    new Case(
                            1,
                            Subject.of("pms", () -> during(visibility, projections)),
                            List.of(Subject.of("idle", visibility::round)),
                            DURING_REBUILD));
        }
    }

    private BenchServer.Database filled(long events) throws Exception {
        run.tell("storing %,d events", events);
        try (PmsStore store = PmsStore.create(run.server())) {
            store.fillInOrder(new TaskHistory(TENANTS, SHAPE).events(events));
            return store.database();
        }
    }

    private static Outcome during(Visibility visibility, PlatformProjections projections)
            throws Exception {
        Outcome outcome;
        try (Rebuilding _ = new Rebuilding(projections)) {
            outcome = visibility.round();
        }
        projections.awaitCaughtUp();
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        return outcome;
    }

    private Visibility visibility(TaskCommands commands, PmsStore commits)
            throws IOException, InterruptedException {
        commands.createProject();
        List<String> tasks = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) tasks.add(commands.createTask());
        return new Visibility(commands, tasks, new Appender(commits), budget);
    }
}
