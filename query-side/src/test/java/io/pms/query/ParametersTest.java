package io.pms.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.query.QueryServer.Answer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ParametersTest {
    private static final QueryServer SERVER = QueryServer.shared();
    private static RandomTasks data;

    @BeforeAll
    static void make() {
        data = new RandomTasks(SERVER, "parameters", new Random(7), 6);
        for (int i = 0; i < 3; i++)
            SERVER.accepted(data.tenant, "RegisterPerson", Map.of("name", "Ann " + i));
        long position =
                SERVER.accepted(data.tenant, "CreateProject", Map.of("name", "More"))
                        .body()
                        .path("position")
                        .asLong();
        for (String path : List.of("/api/tasks", "/api/people", "/api/projects", "/api/activity"))
            assertThat(SERVER.getAt(position, data.tenant, path).status()).isEqualTo(200);
    }

    private static void refused(String path, String kind) {
        Answer answer = SERVER.get(data.tenant, path);
        assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(400);
        assertThat(answer.kind()).as(path).isEqualTo(kind);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void whatIsNotUnderstoodIsRefused() {
        for (String query :
                List.of(
                        "colour=red",
                        "status=",
                        "status=a&status=b",
                        "open=yes",
                        "overdue=late",
                        "summary=1",
                        "sort=size",
                        "sort=--due",
                        "sort=wbs",
                        "dueFrom=yesterday",
                        "dueFrom=2026-02-30",
                        "dueTo=2026-1-1",
                        "limit=0",
                        "limit=-1",
                        "limit=201",
                        "limit=1.5",
                        "limit=ten",
                        "limit=99999999999")) refused("/api/tasks?" + query, "bad-parameter");
        refused("/api/projects?sort=due", "bad-parameter");
        refused("/api/people?status=Done", "bad-parameter");
        refused("/api/activity?project=a&task=b", "bad-parameter");
        refused("/api/tasks/" + data.tasks.get(0) + "?limit=1", "bad-parameter");
    }

    @Test
    void aCursorThatIsRubbishIsRefused() {
        String good = SERVER.get(data.tenant, "/api/tasks?limit=2").nextCursor();
        for (String cursor :
                List.of("x", "!!", "AAAA", good + "A", good.substring(1), good.substring(0, 9)))
            for (String list : List.of("tasks", "projects", "people", "activity"))
                refused("/api/" + list + "?cursor=" + QueryServer.encoded(cursor), "bad-cursor");
    }

    @Test
    void aCursorIsGoodForItsOwnListOnly() {
        List<String> lists =
                List.of(
                        "/api/tasks?limit=1",
                        "/api/tasks?limit=1&open=true",
                        "/api/tasks?limit=1&sort=name",
                        "/api/tasks?limit=1&sort=-name",
                        "/api/people?limit=1",
                        "/api/people?limit=1&sort=name",
                        "/api/projects?limit=1",
                        "/api/projects?limit=1&sort=name",
                        "/api/activity?limit=1",
                        "/api/activity?limit=1&project=" + data.projects.get(0),
                        "/api/tasks/" + data.tasks.get(0) + "/activity?limit=1");
        for (String from : lists) {
            String cursor = SERVER.get(data.tenant, from).nextCursor();
            assertThat(cursor).as(from).isNotNull();
            for (String to : lists)
                if (!from.equals(to)) refused(to + "&cursor=" + cursor, "bad-cursor");
            assertThat(SERVER.get(data.tenant, from + "&cursor=" + cursor).status()).isEqualTo(200);
        }
    }

    @Test
    void whatIsNotThereIsNotFound() {
        String id = "00000000-0000-0000-0000-000000000000";
        for (String path : List.of("/api/tasks/", "/api/projects/", "/api/people/")) {
            Answer answer = SERVER.get(data.tenant, path + id);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.kind()).isEqualTo("not-found");
        }
        assertThat(SERVER.get(data.tenant, "/api/tasks/" + id + "/activity").status())
                .isEqualTo(404);
    }
}
