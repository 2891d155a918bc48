package io.pms.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.command.CommandClient.Answer;
import io.pms.command.CommandProcess.Tail;
import io.pms.embedded.SharedServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Two processes change the same aggregates by turns, so that each one's memory is always a step
 * behind, and what it remembers says no to the next command. One process hears the log's tail, up
 * to 100 ms late; the other one never does. Neither may answer anything but what the log says.
 */
class TwoProcessesTest {
    private static final int TURNS = 200;

    private static CommandProcess hearing;
    private static CommandProcess deaf;

    @BeforeAll
    static void start() {
        SharedServers.Database database = SharedServers.freshDatabase();
        hearing = CommandProcess.start(database, Tail.HEARD);
        deaf = CommandProcess.start(database, Tail.NEVER_HEARD);
    }

    @AfterAll
    static void stop() {
        if (hearing != null) hearing.close();
        if (deaf != null) deaf.close();
    }

    /** Whose turn it is, by its number. */
    private static CommandClient at(int turn) {
        return turn % 2 == 0 ? hearing.client() : deaf.client();
    }

    private static Answer accepted(int turn, String command, String body) {
        Answer answer = at(turn).command(command, body);
        assertThat(answer.status()).as("%d: %s %s", turn, command, answer.body()).isEqualTo(200);
        return answer;
    }

    private static void refused(int turn, String kind, String command, String body) {
        Answer answer = at(turn).command(command, body);
        assertThat(answer.kind()).as("%d: %s %s", turn, command, answer.body()).isEqualTo(kind);
    }

    private static String project(String workflow) {
        String body = "{\"name\":\"Bridge\",\"workflow\":" + workflow + "}";
        return accepted(0, "CreateProject", body).id();
    }

    private static String task(String project) {
        String body = "{\"projectId\":\"" + project + "\",\"name\":\"Dig\"}";
        return accepted(0, "CreateTask", body).id();
    }

    /** Each state leads to the next one only. */
    private static String ring(String... states) {
        StringBuilder transitions = new StringBuilder();
        for (int i = 0; i < states.length; i++)
            transitions
                    .append(i == 0 ? "" : ",")
                    .append(
                            "{\"from\":\"%s\",\"to\":\"%s\"}"
                                    .formatted(states[i], states[(i + 1) % states.length]));
        return "{\"states\":[\"%s\"],\"transitions\":[%s],\"initial\":[\"%s\"],\"finals\":[]}"
                .formatted(String.join("\",\"", states), transitions, states[0]);
    }

    private static String body(String task, String member, Object value) {
        return "{\"taskId\":\"%s\",\"%s\":\"%s\"}".formatted(task, member, value);
    }

    @Nested
    class AcceptWhatOnlyTheirMemoryRefuses {
        @Test
        void becauseTheOtherMovedTheTaskOn() {
            String task = task(project(ring("s0", "s1", "s2")));
            for (int turn = 1; turn <= TURNS; turn++) {
                Answer moved =
                        accepted(turn, "ChangeTaskStatus", body(task, "status", "s" + turn % 3));
                assertThat(moved.body().path("sequence").asInt()).isEqualTo(turn);
            }
        }

        @Test
        void becauseTheOtherReopenedTheTask() {
            String task = task(project(ring("s0")));
            for (int turn = 0; turn < TURNS; turn++) {
                accepted(turn, "CloseTask", "{\"taskId\":\"" + task + "\"}");
                accepted(turn + 1, "ReopenTask", "{\"taskId\":\"" + task + "\"}");
                accepted(turn, "RenameTask", body(task, "name", "n" + turn));
            }
        }

        @Test
        void becauseTheOtherReportedACostThatCanBeTakenBack() {
            String task = task(project(ring("s0")));
            for (int turn = 0; turn < TURNS; turn++) {
                accepted(turn, "ReportTaskCost", body(task, "cost", "10"));
                accepted(turn + 1, "ReportTaskCost", body(task, "cost", "-10"));
            }
        }

        @Test
        void becauseTheOtherDefinedTheWorkflowAnew() {
            String project = project(ring("s0"));
            for (int turn = 0; turn < TURNS; turn++) {
                String state = "w" + turn;
                accepted(
                        turn,
                        "DefineWorkflow",
                        "{\"projectId\":\"%s\",\"workflow\":%s}".formatted(project, ring(state)));
                accepted(
                        turn + 1,
                        "CreateTask",
                        "{\"projectId\":\"%s\",\"name\":\"Dig\",\"status\":\"%s\"}"
                                .formatted(project, state));
            }
        }
    }

    @Test
    void changeWhatOnlyTheirMemorySaysIsSoAlready() {
        String task = task(project(ring("s0")));
        accepted(1, "RenameTask", body(task, "name", "even"));
        accepted(0, "RenameTask", body(task, "name", "odd"));
        for (int turn = 1; turn <= TURNS; turn++) {
            // this process gave it that very name a turn ago; the other one has changed it since
            String name = turn % 2 == 0 ? "odd" : "even";
            Answer renamed = accepted(turn, "RenameTask", body(task, "name", name));
            assertThat(renamed.body().path("sequence").asInt()).isEqualTo(turn + 2);
        }
    }

    @Test
    void refuseWhatOnlyTheirMemoryAllows() {
        String task = task(project(ring("s0")));
        for (int turn = 0; turn < TURNS; turn++) {
            accepted(turn, "RenameTask", body(task, "name", "n" + turn));
            accepted(turn + 1, "CloseTask", "{\"taskId\":\"" + task + "\"}");
            refused(turn, "task-closed", "RenameTask", body(task, "name", "late" + turn));
            accepted(turn, "ReopenTask", "{\"taskId\":\"" + task + "\"}");
        }
    }
}
