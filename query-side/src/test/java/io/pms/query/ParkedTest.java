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
        assertThat(SERVER.getAt(position, TENANT, "/api/people").body().path("total").asInt())
                .isEqualTo(1);
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
