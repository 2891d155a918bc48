package io.pms.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.entry.Entry;
import io.pms.log.EventLog;
import io.pms.query.QueryServer.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ActivityTest {
    private static final QueryServer SERVER = QueryServer.shared();
    private static RandomTasks data;

    @BeforeAll
    static void make() {
        data = new RandomTasks(SERVER, "activity", new Random(5), 12);
        SERVER.getAt(data.position, data.tenant, "/api/activity");
    }

    private static List<Long> inTheLog(Predicate<Entry> wanted) {
        List<Long> positions = new ArrayList<>();
        SERVER.bean(EventLog.class).stream(
                0,
                entry -> {
                    if (data.tenant.equals(entry.tenant()) && wanted.test(entry))
                        positions.add(entry.position());
                });
        Collections.reverse(positions);
        return positions;
    }

    private static List<Long> listed(String path, int limit) {
        List<Long> positions = new ArrayList<>();
        for (Answer page : SERVER.pages(data.tenant, path, limit)) {
            for (JsonNode item : page.items()) positions.add(item.path("position").asLong());
            assertThat(page.items()).isNotEmpty();
        }
        return positions;
    }

    @Test
    void feedsArePagedNewestFirstAndCompletely() {
        String task = data.tasks.get(0);
        String project = data.projects.get(0);
        for (int limit : new int[] {1, 2, 7, 200}) {
            assertThat(listed("/api/activity", limit)).isEqualTo(inTheLog(entry -> true));
            assertThat(listed("/api/activity?person=default", limit))
                    .isEqualTo(inTheLog(entry -> "default".equals(entry.actor())));
            List<Long> ofTask = inTheLog(entry -> task.equals(entry.subject()));
            assertThat(listed("/api/activity?task=" + task, limit)).isEqualTo(ofTask);
            assertThat(listed("/api/tasks/" + task + "/activity", limit)).isEqualTo(ofTask);
            assertThat(listed("/api/activity?project=" + project, limit))
                    .isEqualTo(
                            inTheLog(entry ->
                                    project.equals(entry.subject())
                                            || new String(entry.data()).contains(project)));
        }
    }

    @Test
    void whatHappensMeanwhileMovesNothingOnLaterPages() {
        List<Long> before = inTheLog(entry -> true);
        List<Long> seen = new ArrayList<>();
        String cursor = null;
        do {
            Answer page =
                    SERVER.get(
                            data.tenant,
                            "/api/activity?limit=9" + (cursor == null ? "" : "&cursor=" + cursor));
            for (JsonNode item : page.items()) seen.add(item.path("position").asLong());
            cursor = page.nextCursor();
            data.command(
                    "RenameProject",
                    Map.of("projectId", data.projects.get(0), "name", "N" + seen.size()));
        } while (cursor != null);
        assertThat(seen).isEqualTo(before);
        SERVER.getAt(data.position, data.tenant, "/api/activity");
    }

    @Test
    void anItemSaysWhoDidWhatWhenAndWhy() {
        String project =
                SERVER.accepted(
                                "activity:item",
                                "CreateProject",
                                Map.of(
                                        "name",
                                        "Bridge",
                                        "reason",
                                        "asked for",
                                        "occurredAt",
                                        "2020-02-03T04:05:06Z"))
                        .id();
        Answer answer = null;
        while (answer == null || answer.items().isEmpty())
            answer = SERVER.get("activity:item", "/api/activity");
        JsonNode item = answer.items().getFirst();
        assertThat(item.path("type").asString()).isEqualTo("pms.project.ProjectCreated.v1");
        assertThat(item.path("aggregateId").asString()).isEqualTo(project);
        assertThat(item.path("actor").asString()).isEqualTo("default");
        assertThat(item.path("reason").asString()).isEqualTo("asked for");
        assertThat(item.path("time").asString()).isEqualTo("2020-02-03T04:05:06.000000Z");
        assertThat(item.path("data").path("name").asString()).isEqualTo("Bridge");
        assertThat(SERVER.get("activity:none", "/api/activity?project=" + project).items())
                .isEmpty();
    }
}
