package io.pms.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.log.EventLog;
import io.pms.projection.TaskProjection;
import io.pms.projection.runtime.Build;
import io.pms.projection.runtime.Partition;
import io.pms.projection.runtime.StoredPosition;
import io.pms.query.QueryServer.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;

class FreshnessTest {
    private static final QueryServer SERVER = QueryServer.shared();
    private static final List<String> LISTS =
            List.of("/api/tasks", "/api/projects", "/api/people", "/api/activity");

    private static String project(String tenant) {
        return SERVER.accepted(tenant, "CreateProject", Map.of("name", "Bridge")).id();
    }

    @Test
    void everyoneReadsTheirOwnWriteRightAfterIt() {
        String project = project("own");
        String task =
                SERVER.accepted("own", "CreateTask", Map.of("projectId", project, "name", "Dig"))
                        .id();
        for (int i = 0; i < 150; i++) {
            String name = "Dig " + i;
            long position =
                    SERVER.accepted("own", "RenameTask", Map.of("taskId", task, "name", name))
                            .position();
            Answer read = SERVER.getAt(position, "own", "/api/tasks/" + task);
            assertThat(read.body().path("name").asString()).isEqualTo(name);
            assertThat(read.body().path("activity").path(0).path("position").asLong())
                    .isEqualTo(position);
            assertThat(read.position()).isGreaterThanOrEqualTo(position);
        }
    }

    @Test
    void everyListHoldsWhatItIsAskedFor() {
        for (int i = 1; i <= 30; i++) {
            long position =
                    SERVER.accepted("held", "CreateProject", Map.of("name", "P " + i)).position();
            for (String list : LISTS)
                assertThat(SERVER.getAt(position, "held", list).position())
                        .isGreaterThanOrEqualTo(position);
            assertThat(SERVER.getAt(position, "held", "/api/projects").body().path("total").asInt())
                    .isEqualTo(i);
        }
    }

    @Test
    void aPositionBeyondTheHeadIsRefusedAndTheOneBeforeTheFirstIsNot() {
        project("beyond");
        long size = SERVER.bean(EventLog.class).head().size();
        for (String list : LISTS) {
            Answer answer = SERVER.getAt(size + 1_000_000, "beyond", list);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.kind()).isEqualTo("position-beyond-head");
            assertThat(SERVER.getAt(-1, "beyond", list).status()).isEqualTo(200);
        }
    }

    @Test
    void whatIsNotAPositionIsRefused() {
        for (String wrong : List.of("x", "1.5", "-2", "", "99999999999999999999")) {
            Answer answer = SERVER.get("wrong", "/api/tasks", "PMS-Min-Position", wrong);
            assertThat(answer.status()).as(wrong).isEqualTo(400);
            assertThat(answer.kind()).isEqualTo("bad-header");
        }
    }

    /** The worker still believes that it has written what a crash of Redis has lost. */
    @Test
    void dataThatWentBackAreNotTakenForFresh() {
        String tenant = "went-back";
        project(tenant);
        long position = SERVER.accepted(tenant, "RegisterPerson", Map.of("name", "Ann")).position();
        StringRedisTemplate redis = SERVER.bean(StringRedisTemplate.class);
        String key = positionKey(redis, Partition.of("tasks", tenant));
        for (int i = 0; i < 5; i++) {
            assertThat(SERVER.getAt(position, tenant, "/api/tasks").status()).isEqualTo(200);
            StoredPosition stored = StoredPosition.parse(redis.opsForValue().get(key));
            String older = (position - 1) + " " + stored.until() + " " + stored.origin();
            redis.opsForValue().set(key, older);
            Answer answer = SERVER.getAtOnce(position, tenant, "/api/tasks");
            if (answer.status() == 200)
                assertThat(answer.position()).isGreaterThanOrEqualTo(position);
            else assertThat(answer.kind()).isEqualTo("projection-behind");
            while (SERVER.getAtOnce(position, tenant, "/api/tasks").status() != 200)
                Thread.onSpinWait();
        }
    }

    private static String positionKey(StringRedisTemplate redis, Partition partition) {
        int version = SERVER.bean(TaskProjection.class).version();
        Object generation = redis.opsForHash().get(partition.buildsKey(), "serving:" + version);
        return new Build(partition, version, Long.parseLong(generation.toString())).positionKey();
    }

    @Test
    void anEntityTellsItsVersionAndIsNotKept() {
        String project = project("tag");
        String task =
                SERVER.accepted("tag", "CreateTask", Map.of("projectId", project, "name", "A"))
                        .id();
        long position =
                SERVER.accepted("tag", "RenameTask", Map.of("taskId", task, "name", "B"))
                        .position();
        Answer ofTask = SERVER.getAt(position, "tag", "/api/tasks/" + task);
        assertThat(ofTask.header("ETag")).isEqualTo("\"1\"");
        assertThat(ofTask.header("Cache-Control")).isEqualTo("no-store");
        Answer ofProject = SERVER.getAt(position, "tag", "/api/projects/" + project);
        assertThat(ofProject.header("ETag")).isEqualTo("\"0\"");
        assertThat(ofProject.header("Cache-Control")).isEqualTo("no-store");
    }
}
