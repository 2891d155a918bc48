package io.pms.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.query.QueryServer.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Lists of tasks; {@code -Dpms.seed} repeats the tasks and the filters. */
class TaskListTest {
    private static final long SEED = Long.getLong("pms.seed", System.nanoTime());
    private static final Random RANDOM = new Random(SEED);
    private static final List<String> ORDERS =
            List.of("due", "start", "created", "updated", "name", "wbs");
    private static final QueryServer SERVER = QueryServer.shared();
    private static RandomTasks data;
    private static List<JsonNode> tasks;

    @BeforeAll
    static void make() {
        System.out.println("pms.seed=" + SEED);
        data = new RandomTasks(SERVER, "lists", RANDOM, 60);
        new RandomTasks(SERVER, "lists:other", RANDOM, 5);
        tasks = data.each();
    }

    private static List<String> paged(String path, int limit, int total) {
        List<String> ids = new ArrayList<>();
        List<Answer> pages = SERVER.pages(data.tenant, path, limit);
        for (Answer page : pages) {
            assertThat(page.body().path("total").asInt()).as(path).isEqualTo(total);
            ids.addAll(page.ids());
        }
        assertThat(pages)
                .as("no page beyond the last of " + path)
                .hasSize(Math.max(1, (total + limit - 1) / limit));
        return ids;
    }

    @Test
    void everyOrderIsPagedCompletelyInBothDirections() {
        for (String order : ORDERS)
            for (String sort : List.of(order, "-" + order))
                for (String project : data.projects) {
                    Map<String, String> query = new TreeMap<>(Map.of("sort", sort));
                    if (order.equals("wbs") || RANDOM.nextBoolean()) query.put("project", project);
                    everyPageSize(query);
                }
    }

    @Test
    void randomFiltersAnswerWhatANaiveFilterDoes() {
        for (int i = 0; i < 150; i++) {
            Map<String, String> query = randomQuery();
            List<String> expected = NaiveLists.ids(tasks, query);
            int limit = 1 + RANDOM.nextInt(20);
            assertThat(paged("/api/tasks" + QueryServer.query(query), limit, expected.size()))
                    .as("seed %d, %s, limit %d", SEED, query, limit)
                    .isEqualTo(expected);
        }
    }

    /** Filtered lists are sorted by other means than whole ones. */
    @Test
    void filteredListsArePagedCompletelyInBothDirections() {
        for (String order : ORDERS)
            for (String sort : List.of(order, "-" + order))
                everyPageSize(
                        Map.of("sort", sort, "project", data.projects.get(0), "summary", "false"));
    }

    private static void everyPageSize(Map<String, String> query) {
        List<String> expected = NaiveLists.ids(tasks, query);
        for (int limit : new int[] {1, 2, 7})
            assertThat(paged("/api/tasks" + QueryServer.query(query), limit, expected.size()))
                    .as("seed %d, %s, limit %d", SEED, query, limit)
                    .isEqualTo(expected);
    }

    private static Map<String, String> randomQuery() {
        Map<String, String> query = new TreeMap<>();
        query.put("sort", (RANDOM.nextBoolean() ? "-" : "") + data.pick(ORDERS));
        if (query.get("sort").endsWith("wbs") || RANDOM.nextInt(2) == 0)
            query.put("project", data.pick(data.projects));
        if (RANDOM.nextInt(3) == 0) query.put("status", data.pick(RandomTasks.STATUSES));
        if (RANDOM.nextInt(3) == 0) query.put("assignee", data.pick(RandomTasks.PEOPLE));
        if (RANDOM.nextInt(3) == 0) query.put("open", String.valueOf(RANDOM.nextBoolean()));
        if (RANDOM.nextInt(3) == 0) query.put("summary", String.valueOf(RANDOM.nextBoolean()));
        if (RANDOM.nextInt(4) == 0) query.put("dueFrom", "2026-02-0" + (1 + RANDOM.nextInt(5)));
        if (RANDOM.nextInt(4) == 0)
            query.put(
                    "dueTo",
                    "2026-02-0" + (1 + RANDOM.nextInt(5)) + (RANDOM.nextBoolean() ? "" : "T10:00"));
        return query;
    }

    @Test
    void whoeverStaysIsListedOnceWhileOthersComeAndGo() {
        RandomTasks changing = new RandomTasks(SERVER, "changing", RANDOM, 15);
        for (String sort : List.of("due", "-due", "name", "-name", "-start", "created"))
            for (String filter : List.of("", "&open=true"))
                pageWhileChanging(changing, "/api/tasks?limit=3&sort=" + sort + filter);
    }

    private static void pageWhileChanging(RandomTasks changing, String path) {
        Set<String> touched = new HashSet<>();
        List<String> before = everything(changing, path);
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            Answer page =
                    SERVER.getAt(
                            changing.position,
                            changing.tenant,
                            cursor == null ? path : path + "&cursor=" + cursor);
            assertThat(page.status()).as("%s: %s", path, page.body()).isEqualTo(200);
            seen.addAll(page.ids());
            cursor = page.nextCursor();
            if (RANDOM.nextInt(3) == 0) touched.add(changing.create());
            String moved =
                    page.ids().isEmpty() || RANDOM.nextBoolean()
                            ? changing.pick(changing.tasks)
                            : page.ids().getLast();
            if (touched.add(moved)) change(changing, moved);
        } while (cursor != null);
        before.removeAll(touched);
        seen.removeAll(touched);
        assertThat(seen).as("seed %d, %s", SEED, path).isEqualTo(before);
    }

    /** Out of lists of open tasks, or to another place in all of them. */
    private static void change(RandomTasks changing, String task) {
        SERVER.command(changing.tenant, "ReopenTask", Map.of("taskId", task));
        changing.command("RenameTask", Map.of("taskId", task, "name", "Moved " + RANDOM.nextInt()));
        changing.command("ReplanTask", Map.of("taskId", task, "plan", changing.plan()));
        if (RANDOM.nextBoolean()) changing.close(task);
    }

    private static List<String> everything(RandomTasks of, String path) {
        SERVER.getAt(of.position, of.tenant, path);
        List<String> ids = new ArrayList<>();
        for (Answer page : SERVER.pages(of.tenant, path.replace("limit=3&", ""), 200))
            ids.addAll(page.ids());
        return ids;
    }

    @Test
    void aListSaysWhatEachTaskIs() {
        Map<String, JsonNode> listed = new TreeMap<>();
        for (Answer page : SERVER.pages(data.tenant, "/api/tasks", 200))
            for (JsonNode item : page.items()) listed.put(item.path("id").asString(), item);
        for (JsonNode task : tasks) {
            JsonNode alone = task.deepCopy();
            ((tools.jackson.databind.node.ObjectNode) alone).remove("activity");
            assertThat(listed.get(task.path("id").asString())).isEqualTo(alone);
        }
    }

    @Test
    void otherOrganisationsSeeNothing() {
        assertThat(SERVER.get("lists:nobody", "/api/tasks").body().path("total").asInt()).isZero();
        assertThat(SERVER.get("lists:nobody", "/api/tasks?project=" + data.projects.get(0)).ids())
                .isEmpty();
        String task = "/api/tasks/" + data.tasks.get(0);
        for (String path :
                List.of(task, task + "/activity", "/api/projects/" + data.projects.get(0)))
            assertThat(SERVER.get("lists:other", path).status()).as(path).isEqualTo(404);
    }
}
