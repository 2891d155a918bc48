package io.pms.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.command.CommandClient.Answer;
import io.pms.embedded.SharedServers;
import io.pms.entry.Entry;
import io.pms.log.EventLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CommandApiTest {
    private static SharedServers.Database database;
    private static CommandServer server;

    @BeforeAll
    static void start() {
        database = SharedServers.freshDatabase();
        server = new CommandServer(database);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Nested
    class Accepting {
        @Test
        void answersWithAggregateSequenceAndPositionAndStoresWhoWhenAndWhy() {
            Answer project =
                    server.command(
                            "CreateProject",
                            "{\"name\":\"Bridge\",\"reason\":\"asked for\",\"occurredAt\":\"2020-02-03T04:05:06+01:00\"}",
                            "X-Tenant",
                            "acme",
                            "X-Actor",
                            "ann");
            assertThat(project.status()).isEqualTo(200);
            assertThat(project.http().headers().firstValue("ETag")).contains("\"0\"");
            long position = project.body().path("position").asLong();
            assertThat(project.http().headers().firstValue("PMS-Position"))
                    .contains(String.valueOf(position));
            Entry entry = server.bean(EventLog.class).read(position, 1).getFirst();
            assertThat(entry.type()).isEqualTo("pms.project.ProjectCreated.v1");
            assertThat(entry.tenant()).isEqualTo("acme");
            assertThat(entry.actor()).isEqualTo("ann");
            assertThat(entry.metadata()).isEqualTo("{\"reason\":\"asked for\"}");
            assertThat(entry.timeMicros())
                    .isEqualTo(Instant.parse("2020-02-03T03:05:06Z").toEpochMilli() * 1000);
        }

        @Test
        void takesATaskThroughItsWholeLife() {
            String project = project();
            String task =
                    server.command(
                                    "CreateTask",
                                    "{\"projectId\":\"" + project + "\",\"name\":\"Dig\"}")
                            .id();
            String id = "{\"taskId\":\"" + task + "\",";
            for (String[] step :
                    new String[][] {
                        {"RenameTask", id + "\"name\":\"Dig deep\"}"},
                        {
                            "ReplanTask",
                            id
                                    + "\"wbs\":\"1.2\",\"plan\":{\"start\":\"2026-01-05T08:00\",\"finish\":\"2026-01-09T17:00\",\"cost\":\"100.5\",\"predecessors\":[{\"taskId\":\"00000000-0000-0000-0000-000000000001\",\"link\":\"START_TO_START\",\"lagHours\":-8}]}}"
                        },
                        {"AssignTask", id + "\"assignees\":[\"ann\",\"bob\"]}"},
                        {"ChangeTaskStatus", id + "\"status\":\"In progress\"}"},
                        {"ReportTaskProgress", id + "\"percent\":40.5}"},
                        {"ReportTaskEffort", id + "\"hours\":\"3.25\"}"},
                        {"ReportTaskCost", id + "\"cost\":12.5}"},
                        {"CommentOnTask", id + "\"text\":\"hard ground\"}"},
                        {"CloseTask", "{\"taskId\":\"" + task + "\"}"},
                        {"ReopenTask", "{\"taskId\":\"" + task + "\"}"},
                        {"ChangeTaskStatus", id + "\"status\":\"Done\"}"}
                    }) {
                Answer answer = server.command(step[0], step[1]);
                assertThat(answer.status()).as("%s: %s", step[0], answer.body()).isEqualTo(200);
            }
            assertThat(server.bean(EventLog.class).lastSequence(task)).contains(11L);
        }

        @Test
        void leavesNoEventWhenNothingChanges() {
            String project = project();
            Answer same =
                    server.command(
                            "RenameProject",
                            "{\"projectId\":\"" + project + "\",\"name\":\"Bridge\"}");
            assertThat(same.status()).isEqualTo(200);
            assertThat(same.body().path("sequence").asLong()).isZero();
            assertThat(server.bean(EventLog.class).lastSequence(project)).contains(0L);
        }
    }

    @Nested
    class Repeating {
        @Test
        void givesTheFirstAnswerEvenWhenTheRulesWouldRefuseItNow() {
            String task = task();
            String body = "{\"taskId\":\"" + task + "\",\"status\":\"In progress\"}";
            Answer first = server.command("ChangeTaskStatus", body, "Idempotency-Key", task + "-1");
            server.command("CloseTask", "{\"taskId\":\"" + task + "\"}");
            Answer again = server.command("ChangeTaskStatus", body, "Idempotency-Key", task + "-1");
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(again.http().headers().firstValue("Idempotency-Replayed")).contains("true");
        }

        @Test
        void makesTheSameAggregateOnceAlsoWhenManyAskAtOnce() throws Exception {
            try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Callable<Answer>> same = new ArrayList<>();
                for (int i = 0; i < 16; i++)
                    same.add(() ->
                            server.command(
                                    "CreateProject",
                                    "{\"name\":\"Once\"}",
                                    "Idempotency-Key",
                                    "once"));
                List<JsonNode> bodies = new ArrayList<>();
                for (Future<Answer> answer : clients.invokeAll(same))
                    bodies.add(answer.get().body());
                assertThat(bodies).containsOnly(bodies.getFirst());
                assertThat(bodies.getFirst().has("aggregateId")).isTrue();
            }
        }

        @Test
        void refusesTheKeyWithAnotherBodyAndKeepsAnswersThatChangedNothing() {
            String project = project();
            String same = "{\"projectId\":\"" + project + "\",\"name\":\"Bridge\"}";
            Answer nothing = server.command("RenameProject", same, "Idempotency-Key", project);
            server.command(
                    "RenameProject", "{\"projectId\":\"" + project + "\",\"name\":\"Other\"}");
            assertThat(server.command("RenameProject", same, "Idempotency-Key", project).body())
                    .isEqualTo(nothing.body());
            Answer other =
                    server.command(
                            "RenameProject",
                            "{\"projectId\":\"" + project + "\",\"name\":\"X\"}",
                            "Idempotency-Key",
                            project);
            assertThat(other.status()).isEqualTo(422);
            assertThat(other.kind()).isEqualTo("idempotency-key-reused");
        }
    }

    @Nested
    class Refusing {
        @Test
        void saysWhatIsWrongAndStoresNothing() {
            String project = project();
            String task = task();
            long size = server.bean(EventLog.class).head().size();
            String[][] cases = {
                {"CreateProject", "{\"name\":", "400", "malformed-json"},
                {"CreateProject", "[]", "400", "malformed-json"},
                {"CreateProject", "{\"name\":\"a\",\"name\":\"b\"}", "400", "malformed-json"},
                {"CreateProject", "{\"name\":\"a\"} x", "400", "malformed-json"},
                {"ExplodeProject", "{}", "404", "unknown-command"},
                {"CreateProject", "{\"name\":\"x\",\"colour\":\"red\"}", "400", "unknown-member"},
                {"CreateProject", "{}", "400", "missing-member"},
                {"CreateProject", "{\"name\":null}", "400", "missing-member"},
                {"CreateProject", "{\"name\":{}}", "400", "bad-member"},
                {"CreateProject", "{\"name\":\" \"}", "422", "invalid-value"},
                {"CreateProject", "{\"name\":\"x\",\"projectId\":\"7\"}", "422", "invalid-value"},
                {
                    "CreateProject",
                    "{\"name\":\"x\",\"projectId\":\"" + project + "\"}",
                    "409",
                    "already-exists"
                },
                {
                    "CreateProject",
                    "{\"name\":\"x\",\"workflow\":{\"states\":[\"a\"],\"transitions\":[],\"initial\":[\"b\"],\"finals\":[]}}",
                    "400",
                    "bad-member"
                },
                {
                    "CreateProject",
                    "{\"name\":\"x\",\"workflow\":{\"states\":[\"a\"],\"transitions\":[{\"from\":\"a\"}],\"initial\":[\"a\"]}}",
                    "400",
                    "bad-member"
                },
                {
                    "ReplanTask",
                    "{\"taskId\":\""
                            + task
                            + "\",\"plan\":{\"predecessors\":[{\"taskId\":\""
                            + project
                            + "\"}]}}",
                    "400",
                    "bad-member"
                },
                {
                    "RecordProjectSource",
                    "{\"projectId\":\""
                            + project
                            + "\",\"part\":1,\"parts\":1,\"attributes\":[{}]}",
                    "400",
                    "bad-member"
                },
                {
                    "ReportTaskCost",
                    "{\"taskId\":\"" + task + "\",\"cost\":\"1e-999999999\"}",
                    "422",
                    "invalid-value"
                },
                {
                    "CreateTask",
                    "{\"name\":\"x\",\"projectId\":\"00000000-0000-0000-0000-000000000009\"}",
                    "404",
                    "not-found"
                },
                {
                    "CreateTask",
                    "{\"name\":\"x\",\"projectId\":\"" + project + "\",\"status\":\"Done\"}",
                    "422",
                    "illegal-transition"
                },
                {
                    "RenameTask",
                    "{\"taskId\":\"00000000-0000-0000-0000-000000000009\",\"name\":\"x\"}",
                    "404",
                    "not-found"
                },
                {
                    "ChangeTaskStatus",
                    "{\"taskId\":\"" + task + "\",\"status\":\"Nowhere\"}",
                    "422",
                    "illegal-transition"
                },
                {
                    "ChangeTaskStatus",
                    "{\"taskId\":\"" + task + "\",\"status\":\"To do\"}",
                    "422",
                    "illegal-transition"
                },
                {
                    "ReportTaskProgress",
                    "{\"taskId\":\"" + task + "\",\"percent\":101}",
                    "422",
                    "invalid-value"
                },
                {
                    "ReportTaskCost",
                    "{\"taskId\":\"" + task + "\",\"cost\":\"-1\"}",
                    "422",
                    "invalid-value"
                },
                {
                    "ReportTaskCost",
                    "{\"taskId\":\"" + task + "\",\"cost\":\"0.00001\"}",
                    "422",
                    "invalid-value"
                },
                {
                    "ReportTaskCost",
                    "{\"taskId\":\"" + task + "\",\"cost\":\"many\"}",
                    "400",
                    "bad-member"
                },
                {
                    "RenameTask",
                    "{\"taskId\":\"" + task + "\",\"name\":\"x\",\"occurredAt\":\"yesterday\"}",
                    "400",
                    "bad-member"
                },
                {
                    "RenameTask",
                    "{\"taskId\":\""
                            + task
                            + "\",\"name\":\"x\",\"occurredAt\":\""
                            + Instant.now().plus(3, ChronoUnit.DAYS)
                            + "\"}",
                    "422",
                    "invalid-value"
                },
                {
                    "CreateTask",
                    "{\"name\":\"x\",\"projectId\":\""
                            + project
                            + "\",\"attributes\":[{\"key\":\"k\",\"type\":\"string\",\"value\":\""
                            + "x".repeat(70_000)
                            + "\"}]}",
                    "413",
                    "event-too-large"
                },
                {
                    "CreateProject",
                    "{\"name\":\"" + "x".repeat(1 << 20) + "\"}",
                    "413",
                    "body-too-large"
                },
            };
            for (String[] refused : cases) {
                Answer answer = server.command(refused[0], refused[1]);
                assertThat(answer.status() + " " + answer.kind())
                        .as("%s %.200s: %s", refused[0], refused[1], answer.body())
                        .isEqualTo(refused[2] + " " + refused[3]);
                assertThat(answer.http().headers().firstValue("Content-Type"))
                        .hasValueSatisfying(
                                type -> assertThat(type).startsWith("application/problem+json"));
                assertThat(answer.body().path("detail").asString())
                        .isNotBlank()
                        .doesNotContain("io.pms", "java.");
            }
            assertThat(server.bean(EventLog.class).head().size()).isEqualTo(size);
        }

        @Test
        void hidesOtherOrganisations() {
            Answer answer =
                    server.command(
                            "RenameTask",
                            "{\"taskId\":\"" + task() + "\",\"name\":\"x\"}",
                            "X-Tenant",
                            "other");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(
                            server.command(
                                            "CreateTask",
                                            "{\"projectId\":\"" + project() + "\",\"name\":\"x\"}",
                                            "X-Tenant",
                                            "other")
                                    .status())
                    .isEqualTo(404);
            assertThat(
                            server.command("CreateProject", "{\"name\":\"x\"}", "X-Tenant", "a b")
                                    .kind())
                    .isEqualTo("bad-header");
        }

        @Test
        void comparesTheExpectedVersion() {
            String task = task();
            String body = "{\"taskId\":\"" + task + "\",\"name\":\"x\"}";
            assertThat(server.command("RenameTask", body, "If-Match", "\"7\"").kind())
                    .isEqualTo("stale-version");
            assertThat(server.command("RenameTask", body, "If-Match", "seven").status())
                    .isEqualTo(400);
            assertThat(server.command("RenameTask", body, "If-Match", "\"0\"").status())
                    .isEqualTo(200);
            assertThat(server.command("RenameTask", body, "If-Match", "\"0\"").status())
                    .isEqualTo(412);
        }

        @Test
        void changesNothingInAnArchivedProject() {
            String project = project();
            String task =
                    server.command(
                                    "CreateTask",
                                    "{\"projectId\":\"" + project + "\",\"name\":\"x\"}")
                            .id();
            server.command("ArchiveProject", "{\"projectId\":\"" + project + "\"}");
            assertThat(
                            server.command(
                                            "RenameTask",
                                            "{\"taskId\":\"" + task + "\",\"name\":\"y\"}")
                                    .kind())
                    .isEqualTo("project-archived");
            assertThat(
                            server.command(
                                            "RenameProject",
                                            "{\"projectId\":\"" + project + "\",\"name\":\"y\"}")
                                    .kind())
                    .isEqualTo("project-archived");
        }
    }

    @Nested
    class Batches {
        @Test
        void answerEveryLineInOrderAndRunOneAggregatesLinesInOrder() {
            String project = project();
            StringBuilder lines = new StringBuilder();
            String task = "00000000-0000-4000-8000-0000000000aa";
            lines.append(
                    "{\"command\":\"CreateTask\",\"data\":{\"taskId\":\""
                            + task
                            + "\",\"projectId\":\""
                            + project
                            + "\",\"name\":\"t\"}}\n");
            lines.append("not json\n\n");
            for (int i = 0; i < 50; i++)
                lines.append(
                        "{\"command\":\"RenameTask\",\"actor\":\"bob\",\"data\":{\"taskId\":\""
                                + task
                                + "\",\"name\":\"n"
                                + i
                                + "\"}}\n");
            lines.append(
                    "{\"command\":\"RenameTask\",\"ifMatch\":50,\"data\":{\"taskId\":\""
                            + task
                            + "\",\"name\":\"last\"}}");
            Answer answer = server.post("/api/commands", "application/x-ndjson", lines.toString());
            List<JsonNode> answers =
                    answer.http()
                            .body()
                            .lines()
                            .map(line -> CommandClient.JSON.readTree(line))
                            .toList();
            assertThat(answers).hasSize(53);
            assertThat(answers.get(1).path("type").asString())
                    .isEqualTo("urn:pms:problem:malformed-json");
            assertThat(answers.get(1).path("line").asInt()).isEqualTo(2);
            for (int i = 0; i < 50; i++)
                assertThat(answers.get(i + 2).path("sequence").asInt()).isEqualTo(i + 1);
            assertThat(answers.getLast().path("status").asInt()).isEqualTo(200);
            Entry entry = server.bean(EventLog.class).readStream(task, 10, 1).getFirst();
            assertThat(entry.actor()).isEqualTo("bob");
            assertThat(new String(entry.data(), StandardCharsets.UTF_8)).contains("\"to\":\"n9\"");
        }
    }

    @Test
    void letsEveryClientSucceedInTheEndWhenManyChangeTheSameFew() throws Exception {
        List<String> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) tasks.add(task());
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> work = new ArrayList<>();
            for (int client = 0; client < 64; client++) {
                int number = client;
                work.add(() -> {
                    for (int i = 0; i < 5; i++)
                        assertThat(
                                        server.command(
                                                        "ReportTaskEffort",
                                                        "{\"taskId\":\""
                                                                + tasks.get((number + i) % 8)
                                                                + "\",\"hours\":1}")
                                                .status())
                                .isEqualTo(200);
                    return null;
                });
            }
            for (Future<Void> done : clients.invokeAll(work)) done.get();
        }
        EventLog log = server.bean(EventLog.class);
        long events = tasks.stream().mapToLong(task -> log.lastSequence(task).orElseThrow()).sum();
        assertThat(events).isEqualTo(64 * 5);
    }

    @Test
    void neverRefusesAValidCommandBecauseOfAStaleCacheOfAnotherServer() {
        try (CommandServer other = new CommandServer(database)) {
            String project = project();
            String task =
                    server.command(
                                    "CreateTask",
                                    "{\"projectId\":\"" + project + "\",\"name\":\"x\"}")
                            .id();
            String id = "{\"taskId\":\"" + task + "\",";
            for (int round = 0; round < 20; round++) {
                CommandServer here = round % 2 == 0 ? server : other;
                CommandServer there = round % 2 == 0 ? other : server;
                assertThat(here.command("CloseTask", "{\"taskId\":\"" + task + "\"}").status())
                        .isEqualTo(200);
                assertThat(there.command("ReopenTask", "{\"taskId\":\"" + task + "\"}").status())
                        .isEqualTo(200);
                Answer renamed = here.command("RenameTask", id + "\"name\":\"n" + round + "\"}");
                assertThat(renamed.status()).as("%s", renamed.body()).isEqualTo(200);
                String workflow =
                        "{\"states\":[\"To do\",\"R"
                                + round
                                + "\"],\"transitions\":[{\"from\":\"To do\",\"to\":\"R"
                                + round
                                + "\"}],\"initial\":[\"To do\",\"R"
                                + round
                                + "\"],\"finals\":[]}";
                there.command(
                        "DefineWorkflow",
                        "{\"projectId\":\"" + project + "\",\"workflow\":" + workflow + "}");
                Answer created =
                        here.command(
                                "CreateTask",
                                "{\"projectId\":\""
                                        + project
                                        + "\",\"name\":\"x\",\"status\":\"R"
                                        + round
                                        + "\"}");
                assertThat(created.status()).as("%s", created.body()).isEqualTo(200);
            }
        }
    }

    @Test
    void takesTheSameKeyAndBodyForAnotherCommandForAReuse() {
        String task = task();
        String body = "{\"taskId\":\"" + task + "\"}";
        assertThat(server.command("CloseTask", body, "Idempotency-Key", task).status())
                .isEqualTo(200);
        assertThat(server.command("ReopenTask", body, "Idempotency-Key", task).kind())
                .isEqualTo("idempotency-key-reused");
    }

    @Test
    void leavesAMalformedTraceContextOut() {
        Answer answer =
                server.command("CreateProject", "{\"name\":\"x\"}", "traceparent", "x".repeat(300));
        assertThat(answer.status()).isEqualTo(200);
        long position = answer.body().path("position").asLong();
        assertThat(server.bean(EventLog.class).read(position, 1).getFirst().traceparent()).isNull();
    }

    @Test
    void refusesOneLineOfABatchForItsActorAndEndsTheBatchAtALineThatIsTooLong() {
        String line = "{\"command\":\"CreateProject\",\"data\":{\"name\":\"x\"}";
        String batch =
                line
                        + ",\"actor\":\""
                        + "a".repeat(300)
                        + "\"}\n"
                        + line
                        + "}\n"
                        + "x".repeat(2_000_000)
                        + "\n"
                        + line
                        + "}\n";
        String[] answers =
                server.post("/api/commands", "application/x-ndjson", batch)
                        .http()
                        .body()
                        .split("\n");
        assertThat(answers).hasSize(3);
        assertThat(answers[0]).contains("\"line\":1", "bad-member", "/actor");
        assertThat(answers[1]).contains("\"line\":2", "\"status\":200");
        assertThat(answers[2]).contains("\"line\":3", "body-too-large");
    }

    @Test
    void refusesWhatIsForNothingOrBeforeAllTimes() {
        assertThat(server.command("CloseTask", "{\"taskId\":\"\"}").kind())
                .isEqualTo("invalid-value");
        assertThat(
                        server.command(
                                        "CreateProject",
                                        "{\"name\":\"x\",\"occurredAt\":\"-0001-01-01T00:00:00Z\"}")
                                .kind())
                .isEqualTo("invalid-value");
        assertThat(
                        server.command(
                                        "RecordProjectSource",
                                        "{\"projectId\":\""
                                                + project()
                                                + "\",\"part\":1,\"parts\":1}")
                                .status())
                .isEqualTo(200);
    }

    private static String project() {
        return server.command("CreateProject", "{\"name\":\"Bridge\"}").id();
    }

    private static String task() {
        return server.command(
                        "CreateTask", "{\"projectId\":\"" + project() + "\",\"name\":\"Dig\"}")
                .id();
    }
}
