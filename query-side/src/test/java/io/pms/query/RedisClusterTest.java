package io.pms.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.embedded.EmbeddedRedisCluster;
import io.pms.embedded.SharedServers;
import io.pms.embedded.SlotMove;
import io.pms.projection.runtime.Partition;
import io.pms.query.QueryServer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisClusterTest {
    /** Organisations enough for every node to have some. */
    private static final List<String> TENANTS =
            IntStream.range(0, 12).mapToObj(number -> "cluster-" + number).toList();

    private final EmbeddedRedisCluster cluster =
            EmbeddedRedisCluster.start(SharedServers.temporary("cluster"), 3, List.of());
    private final QueryServer server =
            new QueryServer(
                    Map.of(
                            "spring.data.redis.cluster.nodes",
                            String.join(",", cluster.addresses())));

    @AfterEach
    void close() {
        server.close();
        cluster.close();
    }

    @Test
    void queriesAreAnsweredFromAClusterAndFromThePartOfItThatIsThere() {
        for (String tenant : TENANTS) create(tenant);
        cluster.nodes().getFirst().kill();
        for (String tenant : TENANTS) {
            int status = server.get(tenant, "/api/tasks").status();
            assertThat(status).isIn(200, 503);
        }
        String project =
                server.accepted(TENANTS.getFirst(), "CreateProject", Map.of("name", "Meanwhile"))
                        .id();
        cluster.nodes().getFirst().restart();
        await().atMost(Duration.ofSeconds(90))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    for (String tenant : TENANTS)
                        assertThat(server.get(tenant, "/api/tasks").status()).isEqualTo(200);
                    assertThat(server.get(TENANTS.getFirst(), "/api/projects/" + project).status())
                            .isEqualTo(200);
                });
    }

    /** Keys of the partition are on two nodes; a script would see those of one of them. */
    @Test
    void nothingIsAnsweredFromHalfOfAPartitionWhileTheClusterMovesIt() {
        String tenant = TENANTS.getFirst();
        create(tenant);
        SlotMove move = cluster.beginToMove(Partition.of("tasks", tenant).buildsKey());
        Predicate<String> isEntity = key -> key.contains(":e:");
        move.move(move.left(10_000).stream().filter(isEntity).toList());
        assertThat(server.get(tenant, "/api/tasks").status()).isEqualTo(503);
        move.move(move.left(10_000).stream().filter(isEntity.negate()).limit(3).toList());
        assertThat(server.get(tenant, "/api/tasks").status()).isEqualTo(503);
        move.end();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(server.get(tenant, "/api/tasks").ids()).hasSize(1));
    }

    private void create(String tenant) {
        String project = server.accepted(tenant, "CreateProject", Map.of("name", "Bridge")).id();
        Answer task =
                server.accepted(tenant, "CreateTask", Map.of("projectId", project, "name", "Dig"));
        Answer list = server.getAt(task.position(), tenant, "/api/tasks?project=" + project);
        assertThat(list.ids()).containsExactly(task.id());
        Answer one = server.getAt(task.position(), tenant, "/api/tasks/" + task.id());
        assertThat(one.body().path("activity").size()).isEqualTo(1);
        Answer sums = server.getAt(task.position(), tenant, "/api/projects/" + project);
        assertThat(sums.body().path("tasks").asInt()).isEqualTo(1);
    }
}
