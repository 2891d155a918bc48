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
import tools.jackson.databind.JsonNode;

/** Now is 2026-01-06T00:00Z. */
class ProjectSumsTest {
    private static final String TENANT = "sums";
    private static final QueryServer SERVER = QueryServer.shared();

    private String project;
    private long position;

    @BeforeEach
    void make() {
        project = SERVER.accepted(TENANT, "CreateProject", Map.of("name", "Bridge")).id();
    }

    private String task(boolean summary, String start, String finish, String cost) {
        return SERVER.accepted(
                        TENANT,
                        "CreateTask",
                        Map.of(
                                "projectId",
                                project,
                                "name",
                                "Dig",
                                "summary",
                                summary,
                                "plan",
                                Map.of(
                                        "start", start,
                                        "finish", finish,
                                        "cost", cost,
                                        "effortHours", "8.25")))
                .id();
    }

    private void tell(String command, String task, String member, Object value) {
        position =
                SERVER.accepted(TENANT, command, Map.of("taskId", task, member, value)).position();
    }

    private JsonNode shown() {
        return SERVER.getAt(position, TENANT, "/api/projects/" + project).body();
    }

    private BigDecimal amount(String name) {
        return shown().path(name).decimalValue();
    }

    @Test
    void sumsUpWhatTheTasksSay() {
        String past = task(false, "2026-01-01T00:00", "2026-01-05T00:00", "1000.0001");
        String half = task(false, "2026-01-04T00:00", "2026-01-08T00:00", "200");
        String future = task(false, "2026-02-01T00:00", "2026-02-02T00:00", "50");
        String summary = task(true, "2026-01-01T00:00", "2026-02-02T00:00", "99999");
        tell("ChangeTaskStatus", past, "status", "Done");
        tell("ReportTaskProgress", half, "percent", 33.33);
        tell("ReportTaskProgress", summary, "percent", 50);
        tell("ReportTaskCost", half, "cost", "12.5");
        tell("ReportTaskCost", summary, "cost", "1");
        tell("ReportTaskEffort", half, "hours", "3.75");
        tell("ReportTaskEffort", half, "hours", "-0.25");
        tell("AssignTask", future, "assignees", List.of("ann"));
        JsonNode sums = shown();
        assertThat(sums.path("tasks").asInt()).isEqualTo(4);
        assertThat(sums.path("summaries").asInt()).isEqualTo(1);
        assertThat(sums.path("openTasks").asInt()).isEqualTo(3);
        assertThat(sums.path("tasksByStatus"))
                .isEqualTo(QueryServer.JSON.readTree("{\"Done\":1,\"To do\":3}"));
        assertThat(amount("plannedCost")).isEqualByComparingTo("1250.0001");
        assertThat(amount("plannedValue")).isEqualByComparingTo("1100.0001");
        assertThat(amount("earnedValue")).isEqualByComparingTo("1066.6601");
        assertThat(amount("actualCost")).isEqualByComparingTo("12.5");
        assertThat(amount("plannedEffortHours")).isEqualByComparingTo("24.75");
        assertThat(amount("actualEffortHours")).isEqualByComparingTo("3.5");
        assertThat(amount("progressPercent")).isEqualByComparingTo("44.44");
    }

    @Test
    void takesBackWhatNoLongerHolds() {
        String task = task(false, "2026-01-01T00:00", "2026-01-05T00:00", "1000");
        tell("ChangeTaskStatus", task, "status", "Done");
        assertThat(amount("earnedValue")).isEqualByComparingTo("1000");
        tell("ChangeTaskStatus", task, "status", "In progress");
        assertThat(amount("earnedValue")).isEqualByComparingTo("0");
        tell("ReplanTask", task, "plan", Map.of());
        for (String sum : List.of("plannedCost", "plannedValue", "plannedEffortHours"))
            assertThat(amount(sum)).as(sum).isEqualByComparingTo("0");
        assertThat(shown().path("tasksByStatus"))
                .isEqualTo(QueryServer.JSON.readTree("{\"In progress\":1}"));
        position = SERVER.accepted(TENANT, "CloseTask", Map.of("taskId", task)).position();
        assertThat(shown().path("openTasks").asInt()).isZero();
    }

    private void replan(String task, String finish) {
        tell(
                "ReplanTask",
                task,
                "plan",
                Map.of("start", "2026-01-04T00:00", "finish", finish, "cost", "100"));
    }

    @Test
    void aPlanThatMovesIsReadAgain() {
        String task = task(false, "2026-01-04T00:00", "2026-01-06T00:00", "100");
        replan(task, "2026-01-08T00:00");
        assertThat(amount("plannedValue")).isEqualByComparingTo("50");
        replan(task, "2026-01-12T00:00");
        assertThat(amount("plannedValue")).isEqualByComparingTo("25");
        replan(task, "2026-01-05T00:00");
        assertThat(amount("plannedValue")).isEqualByComparingTo("100");
    }

    @Test
    void aPlanThatStaysIsReadOnce() {
        String task = task(false, "2026-01-04T00:00", "2026-01-08T00:00", "100");
        replan(task, "2026-01-12T00:00");
        assertThat(amount("plannedValue")).isEqualByComparingTo("25");
        takePeriodsAway();
        position =
                SERVER.accepted(TENANT, "RenameProject", Map.of("projectId", project, "name", "B"))
                        .position();
        assertThat(amount("plannedValue")).isEqualByComparingTo("25");
        replan(task, "2026-01-05T00:00");
        assertThat(amount("plannedValue")).isNotEqualByComparingTo("25");
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

    @Test
    void earnsLargeAmountsToTheLastDigit() {
        String task = task(false, "2026-01-01T00:00", "2026-01-05T00:00", "9999999999.9999");
        tell("ReportTaskProgress", task, "percent", "33.33");
        assertThat(amount("earnedValue")).isEqualByComparingTo("3333000000.0000");
        tell("ReportTaskProgress", task, "percent", "99.99");
        assertThat(amount("earnedValue")).isEqualByComparingTo("9998999999.9999");
    }

    @Test
    void aListShowsTheSameSums() {
        tell(
                "ChangeTaskStatus",
                task(false, "2026-01-01T00:00", "2026-01-09T00:00", "8"),
                "status",
                "Done");
        JsonNode alone = shown();
        assertThat(SERVER.get(TENANT, "/api/projects?limit=200").items()).contains(alone);
    }

    @Test
    void aProjectWithoutTasksSumsUpToNothing() {
        position =
                SERVER.accepted(TENANT, "RenameProject", Map.of("projectId", project, "name", "B"))
                        .position();
        for (String sum : List.of("tasks", "openTasks", "progressPercent", "earnedValue"))
            assertThat(amount(sum)).as(sum).isEqualByComparingTo("0");
    }
}
