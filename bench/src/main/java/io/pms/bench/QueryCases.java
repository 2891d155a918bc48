package io.pms.bench;

import io.pms.bench.Case.Comparison;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What queries take: at a fixed rate, and with ten times the tasks. */
final class QueryCases implements AutoCloseable {
    /** What the platform is to do at 500 requests a second. */
    private static final Outcome TARGET = Outcome.of(Measure.P95, 20);

    private static final List<Comparison> QUERIES =
            List.of(
                    new Comparison("queries", Measure.REQUESTS),
                    new Comparison("queries-p95", Measure.P95),
                    new Comparison("queries-by-id-p95", Measure.BY_ID_P95, Measure.P95),
                    new Comparison("queries-page-p95", Measure.PAGE_P95, Measure.P95));

    private static final String LARGE = "large";
    private static final String SMALL = "small";
    private static final int TIMES = 10;

    /** Also the smaller organisation fills pages with a person's or a project's tasks to do. */
    private static final TaskHistory.Shape SHAPE = new TaskHistory.Shape(40, 60, 3);

    /** Requests that may wait for an answer. */
    private static final int IN_FLIGHT = 1_000;

    /** So many things are measured one after the other. */
    private static final int GROWING = 4;

    private final Run run;
    private final double seconds;
    private final PlatformProcess platform;
    private final TaskQueries large;
    private final TaskQueries small;

    private QueryCases(Run run, double seconds, PlatformProcess platform, int tasks) {
        this.run = run;
        this.seconds = seconds;
        this.platform = platform;
        this.large = new TaskQueries(platform.url(), LARGE, tasks, SHAPE);
        this.small = new TaskQueries(platform.url(), SMALL, tasks / TIMES, SHAPE);
    }

    /**
     * Starts a platform with two organisations, of which one has a tenth of the other's tasks.
     *
     * @param seconds how long a subject is measured in a round
     * @param tasks of the larger one
     */
    static QueryCases start(Run run, double seconds, int tasks) throws Exception {
        BenchServer.Database database;
        try (PmsStore store = PmsStore.create(run.server())) {
            fill(run, store, LARGE, tasks);
            fill(run, store, SMALL, tasks / TIMES);
            database = store.database();
        }
        run.tell("starting the platform");
        PlatformProcess platform =
                PlatformProcess.start(database, Map.of(PlatformProcess.POLICIES_RUN, "false"));
        awaitProjections(platform);
        return new QueryCases(run, seconds, platform, tasks);
    }

    private static void fill(Run run, PmsStore store, String tenant, int tasks) throws Exception {
        run.tell("storing %,d tasks", tasks);
        store.fillInOrder(new TaskHistory(List.of(tenant), SHAPE).untilTasks(tasks));
    }

    private static void awaitProjections(PlatformProcess platform)
            throws IOException, InterruptedException {
        try (PlatformClient operator = new PlatformClient(platform.url(), LARGE)) {
            new PlatformProjections(operator).awaitCaughtUp();
        }
    }

    /** Half by id, half pages. */
    void queries(double rate) throws Exception {
        OpenLoop load = new OpenLoop(rate, (int) (rate * seconds), IN_FLIGHT);
        Outcome target = TARGET.with(Measure.REQUESTS, rate);
        run.measure(
                new Case(
                        IN_FLIGHT,
                        Subject.of("pms", () -> ask(load)),
                        List.of(Subject.of("target", () -> target)),
                        QUERIES));
    }

    private Outcome ask(OpenLoop load) throws Exception {
        OpenLoop.Timed timed = load.run(number -> isById(number) ? large::byId : large::page);
        large.requireFullPages();
        return timed.outcome()
                .with(Measure.BY_ID_P95, timed.percentileMillis(95, QueryCases::isById))
                .with(Measure.PAGE_P95, timed.percentileMillis(95, number -> !isById(number)));
    }

    private static boolean isById(int number) {
        return number % 2 == 0;
    }

    /** One client; the same of both organisations by turns. */
    void growth() throws Exception {
        grow("growth-by-id", large::byId, small::byId);
        grow("growth-page", large::indexedPage, small::indexedPage);
        grow("growth-searched-page", large::searchedPage, small::searchedPage);
        grow("growth-project", large::project, small::project);
        large.requireFullPages();
        small.requireFullPages();
    }

    private void grow(String name, OpenLoop.Request ofLarge, OpenLoop.Request ofSmall)
            throws Exception {
        run.measure(
                new Case(
                        1,
                        Subject.of("pms", () -> repeat(ofLarge)),
                        List.of(Subject.of("a-tenth", () -> repeat(ofSmall))),
                        List.of(new Comparison(name, Measure.P50))));
    }

    private Outcome repeat(OpenLoop.Request request) throws Exception {
        Clients.Request client =
                () -> {
                    request.send();
                    return 1;
                };
        return Clients.run(1, Budget.ofSeconds(seconds / GROWING), 1, number -> client);
    }

    @Override
    public void close() {
        large.close();
        small.close();
        platform.close();
    }
}
