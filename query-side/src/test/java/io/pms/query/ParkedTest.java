package io.pms.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.query.QueryServer.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ParkedTest {
    private static final QueryServer SERVER = QueryServer.shared();
    private static final String TENANT = "parked";

    @Test
    void whatIsLeftOutSaysSoToItsOwnOrganisationAndTheRestIsAnswered() {
        String parked = SERVER.accepted(TENANT, "RegisterPerson", Map.of("name", "Ann")).id();
        long position = SERVER.append(TENANT, parked, 1, "pms.person.PersonTeleported.v9", "{}");
        Answer answer = SERVER.getAt(position, TENANT, "/api/people/" + parked);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.kind()).isEqualTo("aggregate-parked");
        JsonNode people = SERVER.getAt(position, TENANT, "/api/people").body();
        assertThat(people.path("total").asInt()).isEqualTo(1);
        assertThat(people.path("leftOut").asInt()).isEqualTo(1);
        assertThat(sameShare(parked)).isEqualTo(404);
    }

    @Test
    void aProjectSaysThatItsSumsAreBehindATask() {
        String project = SERVER.accepted(TENANT, "CreateProject", Map.of("name", "Pier")).id();
        String task = createTask(project);
        createTask(project);
        SERVER.append(TENANT, task, 1, "pms.task.TaskBlessed.v9", "{}");
        long position = SERVER.append(TENANT, task, 2, "pms.task.TaskBlessed.v9", "{}");
        JsonNode shown = SERVER.getAt(position, TENANT, "/api/projects/" + project).body();
        assertThat(shown.path("leftOut").asInt()).isEqualTo(1);
        assertThat(shown.path("tasks").asInt()).isEqualTo(2);
        assertThat(SERVER.get(TENANT, "/api/projects").items()).contains(shown);
    }

    @Test
    void aFeedSaysThatSomethingIsLeftOutAndThatOfAParkedTaskIsRefused() {
        String other = "parked:feeds";
        String project = SERVER.accepted(other, "CreateProject", Map.of("name", "Quay")).id();
        Answer created =
                SERVER.accepted(other, "CreateTask", Map.of("projectId", project, "name", "Pile"));
        String task = created.id();
        assertThat(feed(created.position(), other, "")).isZero();
        long position = SERVER.append(other, task, 1, "pms.task.TaskBlessed.v9", "{}");
        assertThat(feed(position, other, "")).isEqualTo(1);
        assertThat(feed(position, other, "?project=" + project)).isEqualTo(1);
        Answer refused = SERVER.getAt(position, other, "/api/activity?task=" + task);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.kind()).isEqualTo("aggregate-parked");
    }

    private static int feed(long position, String tenant, String which) {
        Answer answer = SERVER.getAt(position, tenant, "/api/activity" + which);
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().path("leftOut").asInt(-1);
    }

    private static String createTask(String project) {
        return SERVER.accepted(TENANT, "CreateTask", Map.of("projectId", project, "name", "Pile"))
                .id();
    }

    /** Asked by organisations in all partitions, its own among them. */
    private static int sameShare(String id) {
        int status = 404;
        for (int i = 0; i < 40; i++) {
            int answered = SERVER.get("parked-" + i, "/api/people/" + id).status();
            if (answered != 404) status = answered;
        }
        return status;
    }
}
