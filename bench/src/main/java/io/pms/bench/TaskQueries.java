package io.pms.bench;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What members of an organisation ask for whose tasks {@link TaskHistory} has made: any of its
 * tasks, projects and people. Thread-safe.
 */
final class TaskQueries implements AutoCloseable {
    /** There is an index that has them in this order. */
    private static final List<String> INDEXED =
            List.of(
                    "open=true",
                    "project=PROJECT",
                    "project=PROJECT&status=To%20do",
                    "status=Done&sort=-due",
                    "assignee=PERSON&open=true",
                    "sort=-updated",
                    "project=PROJECT&sort=name",
                    "project=PROJECT&sort=wbs",
                    "sort=created",
                    "dueFrom=2026-06-01&dueTo=2026-12-31");

    /** All tasks of a project or a person are looked at. */
    private static final List<String> SEARCHED =
            List.of(
                    "assignee=PERSON&status=To%20do",
                    "project=PROJECT&summary=false&sort=-updated",
                    "assignee=PERSON&sort=name",
                    "project=PROJECT&status=Done&sort=-start",
                    "project=PROJECT&open=false");

    /** One page of so many is searched for. */
    private static final int PAGES_FOR_ONE_SEARCHED = 3;

    /** Of so many pages one may be empty: those cost nothing. */
    private static final int PAGES_FOR_ONE_EMPTY = 5;

    private final PlatformClient client;
    private final String tenant;
    private final int tasks;
    private final TaskHistory.Shape shape;
    private final AtomicLong pages = new AtomicLong();
    private final AtomicLong empty = new AtomicLong();

    /**
     * @param tasks how many the organisation has
     * @param shape of its history
     */
    TaskQueries(URI platform, String tenant, int tasks, TaskHistory.Shape shape) {
        this.client = new PlatformClient(platform, tenant);
        this.tenant = tenant;
        this.tasks = tasks;
        this.shape = shape;
    }

    void byId() throws IOException, InterruptedException {
        client.get("/api/tasks/" + TaskHistory.taskId(tenant, any(tasks)));
    }

    /** A project with its sums. */
    void project() throws IOException, InterruptedException {
        client.get("/api/projects/" + TaskHistory.projectId(tenant, any(shape.projects())));
    }

    /** Fifty tasks, as they are listed and, now and then, searched for. */
    void page() throws IOException, InterruptedException {
        if (any(PAGES_FOR_ONE_SEARCHED) == 0) searchedPage();
        else indexedPage();
    }

    void indexedPage() throws IOException, InterruptedException {
        page(INDEXED.get(any(INDEXED.size())));
    }

    void searchedPage() throws IOException, InterruptedException {
        page(SEARCHED.get(any(SEARCHED.size())));
    }

    private void page(String filter) throws IOException, InterruptedException {
        String query =
                filter.replace("PROJECT", TaskHistory.projectId(tenant, any(shape.projects())))
                        .replace("PERSON", TaskHistory.person(any(shape.people())));
        String answer = client.get("/api/tasks?" + query);
        pages.incrementAndGet();
        if (answer.contains("\"items\":[]")) empty.incrementAndGet();
    }

    private static int any(int bound) {
        return ThreadLocalRandom.current().nextInt(bound);
    }

    /**
     * @throws IllegalStateException when too many pages had nothing on them
     */
    void requireFullPages() {
        if (empty.get() * PAGES_FOR_ONE_EMPTY > pages.get())
            throw new IllegalStateException(
                    "%d of %d pages were empty; it needs more tasks"
                            .formatted(empty.get(), pages.get()));
    }

    @Override
    public void close() {
        client.close();
    }
}
