package io.pms.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.query.QueryServer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PeopleTest {
    private static final QueryServer SERVER = QueryServer.shared();

    @Test
    void aPersonsWorkIsWhatIsOpenAndAssignedToThem() {
        RandomTasks data = new RandomTasks(SERVER, "work", new Random(3), 40);
        List<JsonNode> tasks = data.each();
        for (String person : RandomTasks.PEOPLE)
            for (String sort : List.of("due", "-due", "name", "-updated")) {
                Map<String, String> query =
                        new TreeMap<>(Map.of("assignee", person, "open", "true", "sort", sort));
                List<String> ids = new ArrayList<>();
                String path = "/api/people/" + QueryServer.encoded(person) + "/work?sort=" + sort;
                for (Answer page : SERVER.pages(data.tenant, path, 3)) ids.addAll(page.ids());
                assertThat(ids).as(path).isEqualTo(NaiveLists.ids(tasks, query));
            }
        assertThat(SERVER.get(data.tenant, "/api/people/nobody/work").items()).isEmpty();
    }

    /** A person's id may have colons, and one of them looks like an index of another's. */
    @Test
    void nobodysWorkIsMixedUpWithThatOfAnother() {
        String tenant = "mixed";
        String project = SERVER.accepted(tenant, "CreateProject", Map.of("name", "B")).id();
        String closed =
                SERVER.accepted(tenant, "CreateTask", Map.of("projectId", project, "name", "x"))
                        .id();
        SERVER.accepted(
                tenant, "AssignTask", Map.of("taskId", closed, "assignees", List.of("bob:open")));
        long position = SERVER.accepted(tenant, "CloseTask", Map.of("taskId", closed)).position();
        assertThat(SERVER.getAt(position, tenant, "/api/people/bob/work").ids()).isEmpty();
        assertThat(SERVER.get(tenant, "/api/tasks?assignee=bob:open").ids())
                .containsExactly(closed);
    }

    @Test
    void peopleAreListedByNameWithoutRegardToCase() {
        String tenant = "names";
        long position = 0;
        for (String name : List.of("bob", "Ann", "Zoë", "ann", "Bert"))
            position = SERVER.accepted(tenant, "RegisterPerson", Map.of("name", name)).position();
        List<String> names = new ArrayList<>();
        SERVER.getAt(position, tenant, "/api/people");
        for (Answer page : SERVER.pages(tenant, "/api/people", 2))
            for (JsonNode item : page.items())
                names.add(item.path("name").asString().toLowerCase(Locale.ROOT));
        assertThat(names).containsExactly("ann", "ann", "bert", "bob", "zoë");
        String id = SERVER.get(tenant, "/api/people?sort=-name").ids().getFirst();
        assertThat(SERVER.get(tenant, "/api/people/" + id).body().path("name").asString())
                .isEqualTo("Zoë");
        assertThat(SERVER.get("names:other", "/api/people/" + id).status()).isEqualTo(404);
    }
}
