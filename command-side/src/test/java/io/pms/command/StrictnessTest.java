package io.pms.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.command.CommandClient.Answer;
import io.pms.embedded.SharedServers;
import io.pms.entry.Entry;
import io.pms.log.EventLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Nothing is converted, rounded or guessed, and no input makes the server fail. */
class StrictnessTest {
    private static final String PROJECT = "00000000-0000-4000-8000-000000000001";
    private static final String TASK = "00000000-0000-4000-8000-000000000002";
    private static final String PERSON = "00000000-0000-4000-8000-000000000003";

    private static CommandServer server;

    @BeforeAll
    static void start() {
        server = new CommandServer(SharedServers.freshDatabase());
        accept("CreateProject", "'projectId':'" + PROJECT + "','name':'Bridge'");
        accept("CreateTask", "'taskId':'" + TASK + "','projectId':'" + PROJECT + "','name':'Dig'");
        accept("RegisterPerson", "'personId':'" + PERSON + "','name':'Ann'");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer send(String command, String members, String... headers) {
        return server.command(command, "{" + members.replace('\'', '"') + "}", headers);
    }

    private static Answer accept(String command, String members, String... headers) {
        Answer answer = send(command, members, headers);
        assertThat(answer.status()).as("%s %s: %s", command, members, answer.body()).isEqualTo(200);
        return answer;
    }

    private static void refuse(String kind, String command, String... cases) {
        long size = server.bean(EventLog.class).head().size();
        for (String members : cases)
            assertThat(send(command, members).kind())
                    .as("%s %.200s", command, members)
                    .isEqualTo(kind);
        assertThat(server.bean(EventLog.class).head().size()).isEqualTo(size);
    }

    @Test
    void convertsNoValueIntoAnotherType() {
        String project = "'projectId':'" + PROJECT + "','name':'x',";
        refuse(
                "bad-member",
                "CreateTask",
                project + "'summary':1",
                project + "'summary':'true'",
                project + "'attributes':''",
                project + "'attributes':[{'key':'k','type':'t','value':5}]",
                project + "'plan':''",
                project + "'plan':[]",
                project + "'plan':{'start':''}",
                project + "'plan':{'start':[2026,1,1,8,0]}",
                project + "'plan':{'start':'2026-01-01'}",
                project + "'plan':{'start':'2026-01-01T08:00:00Z'}",
                project + "'plan':{'cost':''}",
                project + "'plan':{'cost':' 1'}",
                project + "'plan':{'cost':true}",
                project
                        + "'plan':{'predecessors':[{'taskId':'"
                        + TASK
                        + "','link':0,'lagHours':0}]}");
        String task = "'taskId':'" + TASK + "',";
        refuse("bad-member", "RenameTask", task + "'name':5", task + "'name':true");
        refuse("bad-member", "AssignTask", task + "'assignees':[1]", task + "'assignees':'ann'");
        refuse(
                "bad-member",
                "ReportTaskProgress",
                task + "'percent':''",
                task + "'percent':'NaN'",
                task + "'percent':[1]");
        String source = "'projectId':'" + PROJECT + "','attributes':[],";
        refuse(
                "bad-member",
                "RecordProjectSource",
                source + "'part':'1','parts':1",
                source + "'part':1.5,'parts':2",
                source + "'part':99999999999,'parts':1",
                source + "'part':1e99,'parts':1");
    }

    @Test
    void refusesNullInListsAndTextThatIsNotUnicode() {
        String task = "'taskId':'" + TASK + "',";
        refuse("bad-member", "AssignTask", task + "'assignees':[null]");
        refuse(
                "bad-member",
                "DefineWorkflow",
                "'projectId':'" + PROJECT + "','workflow':{'states':[null],'initial':['a']}");
        refuse(
                "bad-member",
                "RenameTask",
                task + "'name':'\\ud83d'",
                task + "'name':'\\ude00\\ud83d'",
                task + "'name':'x','reason':'\\ud83d.'");
        accept("RenameTask", task + "'name':'\\ud83d\\ude00'");
    }

    @Test
    void keepsEveryDigitOfANumber() {
        String task = "'taskId':'" + TASK + "',";
        refuse(
                "invalid-value",
                "ReportTaskProgress",
                task + "'percent':1e-400",
                task + "'percent':1e400",
                task + "'percent':0.10000000000000000001");
        refuse("invalid-value", "ReportTaskCost", task + "'cost':1e2147483647");
        accept("ReportTaskCost", task + "'cost':'9999999999.1234'");
        Answer back = accept("ReportTaskCost", task + "'cost':-9999999999.1234");
        Entry entry =
                server.bean(EventLog.class)
                        .read(back.body().path("position").asLong(), 1)
                        .getFirst();
        assertThat(new String(entry.data(), StandardCharsets.UTF_8))
                .contains("\"fromCost\":\"9999999999.1234\"");
    }

    @Test
    void takesIdsForUuidsOnlyAndForWhatTheyName() {
        refuse("invalid-value", "RenameTask", "'taskId':'','name':'x'");
        refuse("invalid-value", "RenameTask", "'taskId':'\\u0000','name':'x'");
        refuse("invalid-value", "CreateTask", "'projectId':'','name':'x'");
        for (int round = 0; round < 2; round++) { // the second time it is remembered
            refuse("not-found", "RenameTask", "'taskId':'" + PROJECT + "','name':'x'");
            refuse("not-found", "RenameProject", "'projectId':'" + TASK + "','name':'x'");
            refuse("not-found", "RenamePerson", "'personId':'" + TASK + "','name':'x'");
            refuse("not-found", "CreateTask", "'projectId':'" + PERSON + "','name':'x'");
            accept("CommentOnTask", "'taskId':'" + TASK + "','text':'x'");
        }
        Answer made =
                accept("CreateTask", "'taskId':null,'projectId':'" + PROJECT + "','name':'x'");
        assertThat(made.id()).hasSize(36);
    }

    @Test
    void boundsTimesByTheYearsThatCanBeWritten() {
        String task = "'taskId':'" + TASK + "','name':'y',";
        refuse(
                "invalid-value",
                "RenameTask",
                task + "'occurredAt':'0000-12-31T23:59:59Z'",
                task + "'occurredAt':'-999999999-01-01T00:00:00Z'",
                task + "'occurredAt':'+999999999-01-01T00:00:00Z'");
        accept("RenameTask", task + "'occurredAt':'0001-01-01T00:00:00Z'");
        String project = "'projectId':'" + PROJECT + "',";
        refuse(
                "invalid-value",
                "PlanProjectDates",
                project + "'start':'-0001-01-01T00:00'",
                project + "'finish':'+10000-01-01T00:00'");
        refuse(
                "invalid-value",
                "CreateTask",
                project + "'name':'x','plan':{'finish':'+10000-01-01T00:00'}");
    }

    @Test
    void countsCharactersAsPeopleDo() {
        String task = "'taskId':'" + TASK + "','name':'";
        accept("RenameTask", task + "\ud83d\ude00".repeat(500) + "'");
        refuse("invalid-value", "RenameTask", task + "\ud83d\ude00".repeat(501) + "'");
        refuse("invalid-value", "RenameTask", task + "z','reason':'" + "r".repeat(10_001) + "'");
    }

    @Test
    void ignoresATraceThatIsMalformedAndRefusesAVersionThatIs() {
        String task = "'taskId':'" + TASK + "','name':'";
        String good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        for (String given : List.of(good, "zzz", "z".repeat(4000), good.replace("00-0", "ff-0"))) {
            Answer answer =
                    accept("RenameTask", task + given.hashCode() + "'", "traceparent", given);
            Entry entry =
                    server.bean(EventLog.class)
                            .read(answer.body().path("position").asLong(), 1)
                            .getFirst();
            assertThat(entry.traceparent()).isEqualTo(given.equals(good) ? good : null);
        }
        for (String version : List.of("-5", "\"5", "W/\"5\"", "\"99999999999999999999\""))
            assertThat(send("RenameTask", task + "v'", "If-Match", version).kind())
                    .isEqualTo("bad-header");
    }

    @Test
    void takesWhatTheCatalogSaysMayBeLeftOut() {
        accept("RecordProjectSource", "'projectId':'" + PROJECT + "','part':1,'parts':1");
    }

    @Test
    void answersTheOtherLinesOfABatchWhateverOneLineSays() {
        String rename =
                "{'command':'RenameTask',%s'data':{'taskId':'" + TASK + "','name':'b%d'}}\n";
        String batch =
                rename.formatted("", 1)
                        + rename.formatted("'actor':'',", 2)
                        + rename.formatted("'actor':'" + "a".repeat(65) + "',", 3)
                        + rename.formatted("'ifMatch':99999999999999999999,", 4)
                        + rename.formatted("'ifMatch':-1,", 5)
                        + rename.formatted("", 6)
                        + "{'command':'"
                        + "x".repeat(1 << 20)
                        + "'}\n"
                        + rename.formatted("", 8);
        Answer answer =
                server.post("/api/commands", "application/x-ndjson", batch.replace('\'', '"'));
        List<JsonNode> lines =
                answer.http()
                        .body()
                        .lines()
                        .map(line -> CommandClient.JSON.readTree(line))
                        .toList();
        assertThat(lines)
                .extracting(line -> line.path("status").asInt())
                .containsExactly(200, 400, 400, 400, 400, 200, 413);
    }
}
