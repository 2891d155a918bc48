package io.pms.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.command.CommandClient.Answer;
import io.pms.command.CommandProcess.Tail;
import io.pms.embedded.SharedServers;
import io.pms.log.EventLog;
import io.pms.log.Snapshot;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    /** More than the 200 after which a snapshot is made. */
    private static final int RENAMES = 210;

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

    private static EventLog log() {
        return server.bean(EventLog.class);
    }

    /** A task that was renamed so often that it has a snapshot. */
    private static String longLivedTask() {
        String project = server.command("CreateProject", "{\"name\":\"Bridge\"}").id();
        String task =
                server.command("CreateTask", "{\"projectId\":\"" + project + "\",\"name\":\"Dig\"}")
                        .id();
        for (int i = 1; i <= RENAMES; i++)
            assertThat(rename(server, task, "n" + i).status()).isEqualTo(200);
        await().until(() -> log().latestSnapshot(task).isPresent());
        return task;
    }

    private static Answer rename(CommandServer at, String task, String name) {
        return at.command("RenameTask", renaming(task, name));
    }

    private static String renaming(String task, String name) {
        return "{\"taskId\":\"" + task + "\",\"name\":\"" + name + "\"}";
    }

    private static Answer renameInAFreshProcess(String task, String name) {
        try (CommandProcess fresh = CommandProcess.start(database, Tail.HEARD)) {
            return fresh.client().command("RenameTask", renaming(task, name));
        }
    }

    private static int sequence(Answer answer) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body().path("sequence").asInt();
    }

    @Test
    void isMadeAfterTwoHundredEventsAndCarriesOnInAFreshProcess() {
        String task = longLivedTask();
        Snapshot snapshot = log().latestSnapshot(task).orElseThrow();
        assertThat(snapshot.sequence()).isBetween(199L, (long) RENAMES);
        assertThat(sequence(renameInAFreshProcess(task, "n" + RENAMES))).isEqualTo(RENAMES);
        assertThat(sequence(renameInAFreshProcess(task, "next"))).isEqualTo(RENAMES + 1);
    }

    /** A forged one shows that it is really read: the name it says needs no change. */
    @Test
    void isWhatAFreshProcessLoads() {
        String task = longLivedTask();
        Snapshot snapshot = log().latestSnapshot(task).orElseThrow();
        String data = new String(snapshot.data(), StandardCharsets.UTF_8);
        String name = "\"n" + snapshot.sequence() + "\"";
        assertThat(data).contains(name);
        store(snapshot, RENAMES, snapshot.revision(), data.replace(name, "\"forged\""));
        assertThat(sequence(renameInAFreshProcess(task, "forged"))).isEqualTo(RENAMES);
    }

    @Test
    void ofAnotherRevisionIsNotLoaded() {
        String task = longLivedTask();
        Snapshot snapshot = log().latestSnapshot(task).orElseThrow();
        store(snapshot, RENAMES, "0", "{\"what\":\"was\"}");
        assertThat(sequence(renameInAFreshProcess(task, "n" + RENAMES))).isEqualTo(RENAMES);
        assertThat(sequence(renameInAFreshProcess(task, "next"))).isEqualTo(RENAMES + 1);
    }

    private static void store(Snapshot like, long sequence, String revision, String data) {
        log().storeSnapshot(
                        new Snapshot(
                                like.aggregateId(),
                                sequence,
                                like.id(),
                                like.timeMicros(),
                                like.aggregateType(),
                                like.type(),
                                revision,
                                like.metadata(),
                                data.getBytes(StandardCharsets.UTF_8)));
    }
}
