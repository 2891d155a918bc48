package io.pms.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.query.QueryServer.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OverdueTasksTest {
    private static final QueryServer SERVER = QueryServer.shared();
    private static final String FINISH = "2026-01-05T17:00";
    private static final String LATER = "2026-02-05T17:00";
    private static int tenants;

    private String tenant;
    private String project;
    private long position;

    @BeforeEach
    void freshTenant() {
        tenant = "overdue:" + tenants++;
        project = tell("CreateProject", Map.of("name", "Bridge"));
    }

    private String tell(String command, Map<String, ?> body) {
        Answer answer = SERVER.accepted(tenant, command, body);
        position = answer.body().path("position").asLong();
        return answer.id();
    }

    private String late(String name) {
        Map<String, Object> body = new HashMap<>();
        body.put("projectId", project);
        body.put("name", name);
        body.put("plan", Map.of("finish", FINISH));
        return tell("CreateTask", body);
    }

    private String flagged(String name) {
        String task = late(name);
        tell(
                "FlagTaskOverdue",
                Map.of("taskId", task, "plannedFinish", FINISH, "businessDate", "2026-01-06"));
        return task;
    }

    private void plan(String task, String start, String finish) {
        tell(
                "ReplanTask",
                Map.of("taskId", task, "plan", Map.of("start", start, "finish", finish)));
    }

    private void move(String task, String status) {
        tell("ChangeTaskStatus", Map.of("taskId", task, "status", status));
    }

    private boolean isOverdue(String task) {
        return SERVER.getAt(position, tenant, "/api/tasks/" + task)
                .body()
                .path("overdue")
                .asBoolean();
    }

    private List<String> list(String query) {
        return SERVER.getAt(position, tenant, "/api/tasks?" + query).ids();
    }

    @Test
    void areOpenOnesThatWereFlagged() {
        assertThat(isOverdue(late("late"))).isFalse();
        String task = flagged("flagged");
        assertThat(isOverdue(task)).isTrue();
        move(task, "Done");
        assertThat(isOverdue(task)).isFalse();
        move(task, "In progress");
        assertThat(isOverdue(task)).isTrue();
        tell("CloseTask", Map.of("taskId", task));
        assertThat(isOverdue(task)).isFalse();
        tell("ReopenTask", Map.of("taskId", task));
        assertThat(isOverdue(task)).isTrue();
    }

    @Test
    void wereFlaggedForTheFinishThatIsPlannedNow() {
        String task = flagged("flagged");
        plan(task, "2026-01-01T08:00", FINISH);
        assertThat(isOverdue(task)).isTrue();
        plan(task, "2026-01-01T08:00", LATER);
        assertThat(isOverdue(task)).isFalse();
        plan(task, "2026-01-01T08:00", FINISH);
        assertThat(isOverdue(task)).isTrue();
    }

    @Test
    void areListedApart() {
        String unflagged = late("a");
        String overdue = flagged("b");
        String done = flagged("c");
        move(done, "Done");
        String postponed = flagged("d");
        plan(postponed, "2026-01-01T08:00", LATER);
        String both = flagged("e");
        assertThat(list("overdue=true&sort=name")).containsExactly(overdue, both);
        assertThat(list("overdue=true&sort=-name&project=" + project))
                .containsExactly(both, overdue);
        assertThat(list("overdue=true&limit=1&dueTo=2026-01-05&status=To%20do")).hasSize(1);
        assertThat(list("overdue=false&sort=name")).containsExactly(unflagged, done, postponed);
        assertThat(list("overdue=false&open=true&sort=name")).containsExactly(unflagged, postponed);
        assertThat(list("overdue=true&open=false")).isEmpty();
    }

    @Test
    void areListedAmongAPersonsWork() {
        String mine = flagged("mine");
        String inTime = late("in time");
        for (String task : List.of(mine, inTime))
            tell("AssignTask", Map.of("taskId", task, "assignees", List.of("ann")));
        Answer work = SERVER.getAt(position, tenant, "/api/people/ann/work?overdue=true");
        assertThat(work.ids()).containsExactly(mine);
    }
}
