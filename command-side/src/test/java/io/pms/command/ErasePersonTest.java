package io.pms.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.command.CommandClient.Answer;
import io.pms.command.CommandProcess.Tail;
import io.pms.embedded.SharedServers;
import io.pms.entry.Entry;
import io.pms.entry.PersonIds;
import io.pms.log.EventLog;
import io.pms.log.LogVerifier;
import io.pms.log.MysqlEventLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ErasePersonTest {
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

    private static Answer accepted(String command, String body, String... headers) {
        Answer answer = server.command(command, body, headers);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer;
    }

    private static String registered(String name) {
        return accepted(
                        "RegisterPerson",
                        "{\"name\":\"%s\",\"email\":\"%s@example.org\"}".formatted(name, name))
                .id();
    }

    private static String task() {
        String project = accepted("CreateProject", "{\"name\":\"Bridge\"}").id();
        return accepted("CreateTask", "{\"projectId\":\"" + project + "\",\"name\":\"Dig\"}").id();
    }

    private static Answer comment(String task, String actor, String text) {
        return server.command(
                "CommentOnTask",
                "{\"taskId\":\"%s\",\"text\":\"%s\"}".formatted(task, text),
                "X-Actor",
                actor);
    }

    private static String erasing(String person) {
        return "{\"personId\":\"" + person + "\",\"reason\":\"asked for\"}";
    }

    private static String renaming(String person, String name) {
        return "{\"personId\":\"%s\",\"name\":\"%s\"}".formatted(person, name);
    }

    /** All that the log has, as whoever reads the table, the archive or Kafka sees it. */
    private static String everythingStored() {
        StringBuilder all = new StringBuilder();
        server.bean(EventLog.class).stream(0, entry -> all.append(text(entry)).append('\n'));
        return all.toString();
    }

    private static String text(Entry entry) {
        return new String(entry.data(), StandardCharsets.UTF_8) + entry.metadata();
    }

    @Test
    void theLogHoldsNoPersonalTextInTheClear() {
        String person = registered("Clearance");
        accepted("RenamePerson", renaming(person, "Clearing"));
        assertThat(comment(task(), "mira", "Clearly said").status()).isEqualTo(200);
        assertThat(everythingStored())
                .contains("ciphertext", person)
                .doesNotContain("Clearance")
                .doesNotContain("Clearing")
                .doesNotContain("Clearly");
        assertThat(LogVerifier.verify(server.bean(MysqlEventLog.class)).problem()).isNull();
    }

    @Test
    void renamingToTheSameNameChangesNothingWhoeverReadsIt() {
        String person = registered("Same");
        try (CommandProcess other = CommandProcess.start(database, Tail.HEARD)) {
            for (int i = 0; i < 2; i++) {
                Answer same = other.client().command("RenamePerson", renaming(person, "Same"));
                assertThat(same.body().path("sequence").asInt()).isZero();
            }
            Answer other1 = other.client().command("RenamePerson", renaming(person, "Other"));
            assertThat(other1.body().path("sequence").asInt()).isEqualTo(1);
        }
        assertThat(accepted("RenamePerson", renaming(person, "Other")).body().path("sequence"))
                .hasToString("1");
    }

    @Test
    void anErasedPersonIsLeftAloneAndErasedOnce() {
        String person = registered("Leaving");
        Answer erased = accepted("ErasePerson", erasing(person));
        assertThat(erased.body().path("sequence").asInt()).isZero();
        for (int i = 0; i < 2; i++) {
            Answer again = accepted("ErasePerson", erasing(person));
            assertThat(again.body().path("sequence").asInt()).isZero();
        }
        Answer renamed = server.command("RenamePerson", renaming(person, "Back"));
        assertThat(renamed.kind()).isEqualTo("person-erased");
        assertThat(renamed.status()).isEqualTo(422);
        assertThat(comment(task(), person, "still here").kind()).isEqualTo("person-erased");
        assertThat(
                        server.command(
                                        "RegisterPerson",
                                        "{\"personId\":\"" + person + "\",\"name\":\"Back\"}")
                                .kind())
                .isEqualTo("person-erased");
        assertThat(
                        accepted(
                                        "AssignTask",
                                        "{\"taskId\":\"%s\",\"assignees\":[\"%s\"]}"
                                                .formatted(task(), person))
                                .status())
                .isEqualTo(200);
        assertThat(LogVerifier.verify(server.bean(MysqlEventLog.class)).problem()).isNull();
    }

    /** A key gives its first answer for ever, whatever has become of the person. */
    @Test
    void whatWasAcceptedBeforeIsAnsweredAgainAfterTheErasure() {
        String register = "{\"name\":\"Once\"}";
        Answer registered = accepted("RegisterPerson", register, "Idempotency-Key", "once");
        String body = "{\"taskId\":\"%s\",\"text\":\"Said once\"}".formatted(task());
        String[] headers = {"X-Actor", registered.id(), "Idempotency-Key", "said"};
        Answer said = accepted("CommentOnTask", body, headers);
        String[] erasing = {"Idempotency-Key", "erased"};
        Answer erased = accepted("ErasePerson", erasing(registered.id()), erasing);
        assertThat(accepted("CommentOnTask", body, headers).body()).isEqualTo(said.body());
        assertThat(accepted("RegisterPerson", register, "Idempotency-Key", "once").body())
                .isEqualTo(registered.body());
        assertThat(accepted("ErasePerson", erasing(registered.id()), erasing).body())
                .isEqualTo(erased.body());
    }

    @Test
    void somebodyWhoOnlyActedCanBeErasedInTheirOrganisation() {
        String task = task();
        assertThat(comment(task, "bob", "hello").status()).isEqualTo(200);
        assertThat(server.command("ErasePerson", erasing("bob"), "X-Tenant", "others").kind())
                .isEqualTo("not-found");
        Answer erased = accepted("ErasePerson", erasing("bob"));
        assertThat(erased.id()).isEqualTo(PersonIds.erasureId("default", "bob"));
        assertThat(comment(task, "bob", "again").kind()).isEqualTo("person-erased");
        assertThat(comment(task, "ann", "and I?").status()).isEqualTo(200);
        accepted("RenameTask", "{\"taskId\":\"%s\",\"name\":\"Fill\"}".formatted(task));
        assertThat(accepted("ErasePerson", erasing("bob")).body().path("sequence").asInt())
                .isZero();
    }

    /** Ids of people are what they call themselves; ids of tasks are what clients make of them. */
    @Test
    void somebodyWithTheIdOfSomethingElseCanBeErased() {
        String task = task();
        assertThat(comment(task, task, "my name is that of a task").status()).isEqualTo(200);
        accepted("ErasePerson", erasing(task));
        assertThat(comment(task, task, "still here").kind()).isEqualTo("person-erased");
        accepted("RenameTask", "{\"taskId\":\"%s\",\"name\":\"Fill\"}".formatted(task));

        String person = "6f1d9a52-8c1e-4a57-9d0b-3b6a1c2e7777";
        assertThat(comment(task, person, "not registered").status()).isEqualTo(200);
        accepted("CreateProject", "{\"projectId\":\"" + person + "\",\"name\":\"Mine\"}");
        accepted("ErasePerson", erasing(person));
        assertThat(comment(task, person, "still here").kind()).isEqualTo("person-erased");
    }

    @Test
    void nobodyIsErasedWithoutAReasonOrWithoutBeingKnown() {
        String person = registered("Staying");
        Answer silent = server.command("ErasePerson", "{\"personId\":\"" + person + "\"}");
        assertThat(silent.kind()).isEqualTo("missing-member");
        assertThat(silent.body().path("detail").asString()).contains("reason");
        for (String unknown : List.of("nobody", "6f1d9a52-8c1e-4a57-9d0b-3b6a1c2e9999", task()))
            assertThat(server.command("ErasePerson", erasing(unknown)).kind())
                    .isEqualTo("not-found");
        assertThat(server.command("ErasePerson", erasing("no body")).kind())
                .isEqualTo("invalid-value");
        assertThat(server.command("ErasePerson", erasing(person), "X-Tenant", "others").kind())
                .isEqualTo("not-found");
        accepted("RenamePerson", renaming(person, "Stayed"));
    }

    @Test
    void ofManyWhoEraseSomebodyAtTheSameTimeOneDoes() throws Exception {
        assertThat(comment(task(), "eve", "hello").status()).isEqualTo(200);
        List<Future<Answer>> answers = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++)
                answers.add(executor.submit(() -> accepted("ErasePerson", erasing("eve"))));
        }
        for (Future<Answer> answer : answers)
            assertThat(answer.get().body().path("sequence").asInt()).isZero();
        String record = PersonIds.erasureId("default", "eve");
        assertThat(server.bean(EventLog.class).lastSequence(record)).contains(0L);
    }

    @Test
    void anotherProcessForgetsThePersonToo() {
        String task = task();
        String person = registered("Travelling");
        try (CommandProcess other = CommandProcess.start(database, Tail.HEARD)) {
            assertThat(other.client().command("RenamePerson", renaming(person, "Away")).status())
                    .isEqualTo(200);
            String said = "{\"taskId\":\"%s\",\"text\":\"Hi\"}".formatted(task);
            assertThat(other.client().command("CommentOnTask", said, "X-Actor", person).status())
                    .isEqualTo(200);
            accepted("ErasePerson", erasing(person));
            await().until(() ->
                    other.client()
                            .command("CommentOnTask", said, "X-Actor", person)
                            .kind()
                            .equals("person-erased"));
            assertThat(other.client().command("RenamePerson", renaming(person, "Back")).kind())
                    .isEqualTo("person-erased");
        }
    }

    @Test
    void snapshotsHoldNoPersonalTextInTheClear() {
        String person = registered("Snapped0");
        for (int i = 1; i <= 210; i++) accepted("RenamePerson", renaming(person, "Snapped" + i));
        EventLog log = server.bean(EventLog.class);
        await().until(() -> log.latestSnapshot(person).isPresent());
        String snapshot =
                new String(log.latestSnapshot(person).orElseThrow().data(), StandardCharsets.UTF_8);
        assertThat(snapshot).contains("ciphertext").doesNotContain("Snapped");
        accepted("ErasePerson", erasing(person));
        try (CommandProcess fresh = CommandProcess.start(database, Tail.HEARD)) {
            assertThat(fresh.client().command("RenamePerson", renaming(person, "x")).kind())
                    .isEqualTo("person-erased");
        }
    }

    /** The key is in the hash, and nowhere else: a name cannot be guessed from it. */
    @Test
    void theSameBodyWithAnotherKeyHasAnotherHash() {
        String body = "{\"name\":\"Guessable\"}";
        accepted("RegisterPerson", body, "Idempotency-Key", "one");
        accepted("RegisterPerson", body, "Idempotency-Key", "two");
        EventLog log = server.bean(EventLog.class);
        assertThat(bodyHash(log, "one")).isNotNull().isNotEqualTo(bodyHash(log, "two"));
        assertThat(server.command("RegisterPerson", "{\"name\":\"X\"}", "Idempotency-Key", "one"))
                .extracting(Answer::kind)
                .isEqualTo("idempotency-key-reused");
    }

    private static byte[] bodyHash(EventLog log, String key) {
        return log.receipt(io.pms.entry.CommandIds.commandId("default", key))
                .orElseThrow()
                .bodyHash();
    }
}
