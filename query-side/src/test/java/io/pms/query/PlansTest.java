package io.pms.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.pms.embedded.SharedServers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Now is 2026-01-06T00:00Z. */
class PlansTest {
    private static final String TENANT = "plans";
    private static final QueryServer SERVER = QueryServer.shared();

    private String project;
    private String task;

    @BeforeEach
    void make() {
        project = SERVER.accepted(TENANT, "CreateProject", Map.of("name", "Bridge")).id();
        task =
                SERVER.accepted(
                                TENANT,
                                "CreateTask",
                                Map.of(
                                        "projectId",
                                        project,
                                        "name",
                                        "Dig",
                                        "plan",
                                        plan("2026-01-08T00:00")))
                        .id();
    }

    private static Map<String, Object> plan(String finish) {
        return Map.of("start", "2026-01-04T00:00", "finish", finish, "cost", "100");
    }

    private long replan(String finish) {
        return SERVER.accepted(TENANT, "ReplanTask", Map.of("taskId", task, "plan", plan(finish)))
                .position();
    }

    private BigDecimal plannedValue(long position) {
        return SERVER.getAt(position, TENANT, "/api/projects/" + project)
                .body()
                .path("plannedValue")
                .decimalValue();
    }

    @Test
    void aPlanThatMovesIsReadAgain() {
        assertThat(plannedValue(replan("2026-01-08T00:00"))).isEqualByComparingTo("50");
        assertThat(plannedValue(replan("2026-01-12T00:00"))).isEqualByComparingTo("25");
        assertThat(plannedValue(replan("2026-01-05T00:00"))).isEqualByComparingTo("100");
    }

    @Test
    void aPlanThatStaysIsReadOnce() {
        long position = replan("2026-01-12T00:00");
        assertThat(plannedValue(position)).isEqualByComparingTo("25");
        takePeriodsAway();
        long renamed =
                SERVER.accepted(TENANT, "RenameProject", Map.of("projectId", project, "name", "B"))
                        .position();
        assertThat(plannedValue(renamed)).isEqualByComparingTo("25");
        assertThat(plannedValue(replan("2026-01-05T00:00"))).isNotEqualByComparingTo("25");
    }

    private void takePeriodsAway() {
        RedisClient client = RedisClient.create(SharedServers.redis().url());
        try (StatefulRedisConnection<String, String> redis = client.connect()) {
            List<String> keys = redis.sync().keys("*:v:" + project);
            assertThat(keys).hasSize(1);
            redis.sync().del(keys.getFirst());
        } finally {
            client.shutdown();
        }
    }
}
