package io.pms.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.query.QueryServer.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProjectionApiTest {
    private static final QueryServer SERVER = QueryServer.shared();
    private static final String TENANT = "operators";

    @Test
    void tellsHowFarEveryProjectionIs() {
        long position =
                SERVER.accepted(TENANT, "CreateProject", Map.of("name", "Bridge")).position();
        SERVER.getAt(position, TENANT, "/api/projects");
        Answer all = SERVER.get(TENANT, "/api/projections");
        assertThat(all.items())
                .extracting(item -> item.path("name").asString())
                .containsExactly("activity", "people", "projects", "tasks");
        await().untilAsserted(() -> {
            Answer one = SERVER.get(TENANT, "/api/projections/projects");
            assertThat(one.body().path("complete").asBoolean()).isTrue();
            assertThat(one.body().path("partitions").size()).isEqualTo(8);
            assertThat(one.body().path("partitions").path(0).path("worker").asString())
                    .isNotEmpty();
        });
    }

    @Test
    void buildsAgainBesideWhatAnswers() {
        Answer created = SERVER.accepted(TENANT, "CreateProject", Map.of("name", "Tower"));
        String project = created.id();
        assertThat(SERVER.getAt(created.position(), TENANT, "/api/projects/" + project).status())
                .isEqualTo(200);
        Answer begun = SERVER.post(TENANT, "/api/projections/projects/rebuild");
        assertThat(begun.status()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> {
                    assertThat(SERVER.get(TENANT, "/api/projects/" + project).status())
                            .isEqualTo(200);
                    return SERVER.get(TENANT, "/api/projections/projects")
                            .body()
                            .path("building")
                            .isNull();
                });
    }

    @Test
    void anUnknownProjectionIsToldAbout() {
        for (String path : List.of("/api/projections/none", "/api/projections/none/parked"))
            assertThat(SERVER.get(TENANT, path).kind()).isEqualTo("not-found");
        assertThat(SERVER.post(TENANT, "/api/projections/none/rebuild").kind())
                .isEqualTo("not-found");
    }

    @Test
    void boundsTheListOfWhatIsLeftOut() {
        List<Long> positions = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String id = SERVER.accepted("bounded", "RegisterPerson", Map.of("name", "Bo")).id();
            positions.add(SERVER.append("bounded", id, 1, "pms.person.PersonTeleported.v9", "{}"));
        }
        SERVER.getAt(positions.getLast(), "bounded", "/api/people");
        Answer two = SERVER.get("bounded", "/api/projections/people/parked?limit=2");
        assertThat(two.items().stream().map(item -> item.path("position").asLong()))
                .isEqualTo(positions.subList(0, 2));
        assertThat(two.body().path("total").asInt()).isEqualTo(3);
        assertThat(SERVER.get("bounded", "/api/projections/people/parked?limit=0").status())
                .isEqualTo(400);
    }

    @Test
    void showsWhatIsLeftOutToItsOwnOrganisationOnly() {
        String id = SERVER.accepted(TENANT, "RegisterPerson", Map.of("name", "Ann")).id();
        long position =
                SERVER.append(TENANT, id, 1, "pms.person.PersonTeleported.v9", "{\"to\":\"Mars\"}");
        SERVER.append(TENANT, id, 2, "pms.person.PersonTeleported.v9", "{\"to\":\"home\"}");
        SERVER.getAt(position + 1, TENANT, "/api/people");
        Answer list = SERVER.get(TENANT, "/api/projections/people/parked");
        assertThat(list.items())
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.path("aggregateId").asString()).isEqualTo(id);
                    assertThat(item.path("position").asLong()).isEqualTo(position);
                    assertThat(item.path("reason").asString()).contains("PersonTeleported");
                });
        assertThat(list.body().path("total").asInt()).isEqualTo(1);
        Answer one = SERVER.get(TENANT, "/api/projections/people/parked/" + id);
        assertThat(one.body().path("events").size()).isEqualTo(2);
        assertThat(one.body().at("/events/0/data/to").asString()).isEqualTo("Mars");
        for (int i = 0; i < 40; i++) {
            String other = "operators-" + i;
            assertThat(SERVER.get(other, "/api/projections/people/parked").items()).isEmpty();
            assertThat(SERVER.get(other, "/api/projections/people/parked/" + id).status())
                    .isEqualTo(404);
        }
    }
}
