package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.archive.Archive;
import io.pms.archive.ArchiveCopy;
import io.pms.embedded.SharedServers;
import io.pms.entry.EntryCodec;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogSchema;
import io.pms.log.LogSettings;
import io.pms.log.MysqlEventLog;
import io.pms.log.NewEvent;
import io.pms.log.Unit;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreSettings;
import io.pms.tlog.InclusionProof;
import io.pms.tlog.TileHashSource;
import io.pms.tlog.TlogProof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A platform whose database is lost, as its operator lives through it. */
class RestoreTest {
    private static final byte[] SEED = new byte[32];

    private final Path folder = SharedServers.temporary("restore");
    private final String archive = folder.resolve("archive").toUri().toString().replace("///", "/");
    private final String backups = "file:" + folder.resolve("backups");
    private final SharedServers.Database lost = SharedServers.freshDatabase();
    private final int port = PmsProcess.freePort();
    private final String redis = SharedServers.redis().url();

    /** Always with the same master key. */
    private PmsProcess up(SharedServers.Database database) {
        PmsProcess process =
                PmsProcess.start(
                        Map.of(
                                "DATABASE_URL", database.applicationUrl(),
                                "DATABASE_OWNER_URL", database.ownerUrl(),
                                "REDIS_URL", redis),
                        "up",
                        "--data",
                        folder.resolve("data").toString(),
                        "--port",
                        String.valueOf(port));
        process.awaitLine("ready http://127.0.0.1:" + port);
        return process;
    }

    private static String pms(String... arguments) {
        return PmsProcess.start(Map.of(), arguments).await();
    }

    private String key() {
        try (ObjectStore store = ObjectStore.open(archive, ObjectStoreSettings.defaults())) {
            return new Archive(store).ownKeys().getFirst().text();
        }
    }

    private void archive(SharedServers.Database database) {
        DatabaseUrl url = DatabaseUrl.parse(database.applicationUrl());
        try (MysqlEventLog log = MysqlEventLog.open(url, LogSettings.defaults());
                ObjectStore store = ObjectStore.open(archive, ObjectStoreSettings.defaults())) {
            ArchiveCopy.write(log, store, List.of(SEED));
        }
    }

    /** Always with the same idempotency key. */
    private static Web.Answer create(Web web, String name) {
        return web.command(
                "CreateProject", "{\"name\":\"" + name + "\"}", "Idempotency-Key", "key-" + name);
    }

    private static int projects(Web web, long position) {
        String from = String.valueOf(position);
        return await().until(
                        () -> web.get("/api/projects", "PMS-Min-Position", from),
                        answer -> answer.status() == 200)
                .json()
                .path("total")
                .asInt();
    }

    @Test
    void bringsAPlatformBackWithItsQueriesAndItsFirstAnswers() throws Exception {
        List<JsonNode> answers = new ArrayList<>();
        try (PmsProcess platform = up(lost)) {
            Web web = new Web(port);
            for (int i = 0; i < 6; i++) answers.add(create(web, "P" + i).json());
            platform.stop();
        }
        archive(lost);
        assertThat(pms("verify", "--archive", archive))
                .contains("no --key: believing the key that the archive names itself")
                .endsWith("the archive is what was signed\nexit 0");
        assertThat(
                        pms(
                                "verify",
                                "--archive",
                                archive,
                                "--database",
                                lost.applicationUrl(),
                                "--key",
                                key()))
                .endsWith("every event is what was stored and what was signed\nexit 0");
        SharedServers.Database restored = SharedServers.freshDatabase();
        assertThat(restore(restored, "latest"))
                .contains("6 events of the archive")
                .contains("goes on; archive it where it was")
                .endsWith("exit 0");
        assertThat(restore(restored, "latest"))
                .contains("restore into an empty database")
                .endsWith("exit 1");
        restoresIntoADataDirectory();
        try (PmsProcess platform = up(restored)) {
            Web web = new Web(port);
            assertThat(create(web, "P3").json()).isEqualTo(answers.get(3));
            assertThat(projects(web, 5)).isEqualTo(6);
            platform.stop();
        }
        SharedServers.Database fork = SharedServers.freshDatabase();
        assertThat(restore(fork, "2"))
                .contains("3 events of the archive", "is a fork of", "from position 3 on")
                .endsWith("exit 0");
        try (PmsProcess platform = up(fork)) {
            Web web = new Web(port);
            assertThat(create(web, "P3").http().headers().firstValue("PMS-Position")).contains("4");
            assertThat(projects(web, 4)).isEqualTo(4);
            web.awaitHealthy();
            platform.stop();
        }
    }

    private static String person(Web web, String name) {
        return web.command("RegisterPerson", "{\"name\":\"" + name + "\"}")
                .json()
                .path("aggregateId")
                .asString();
    }

    private String backup(String... arguments) {
        List<String> all = new ArrayList<>(List.of("backup"));
        all.addAll(List.of(arguments));
        return pms(all.toArray(String[]::new));
    }

    private String restoreKeys(String database) {
        return backup("restore-keys", "--from", backups, "--database", database);
    }

    /** Their keys are in a backup from before, and the log that is restored ends before it. */
    @Test
    void bringsNamesBackAndNobodyWhoWasErased() throws Exception {
        String ann;
        String bob;
        try (PmsProcess platform = up(lost)) {
            Web web = new Web(port);
            ann = person(web, "Ann");
            bob = person(web, "Bob");
            assertThat(backup("--to", backups, "--database", lost.applicationUrl()))
                    .endsWith("exit 0");
            web.command("ErasePerson", "{\"personId\":\"" + ann + "\",\"reason\":\"asked for\"}");
            platform.stop();
        }
        archive(lost);
        SharedServers.Database fork = SharedServers.freshDatabase();
        assertThat(restore(fork, "1"))
                .contains("2 events of the archive", "1 erasures that came after were applied")
                .contains("./pms backup restore-keys")
                .endsWith("exit 0");
        assertThat(restoreKeys(fork.applicationUrl()))
                .contains("the account may not do this", "use the owner's account")
                .endsWith("exit 1");
        for (String became :
                List.of("1 keys are back, 0 were there", "0 keys are back, 1 were there"))
            assertThat(restoreKeys(fork.ownerUrl()))
                    .contains(became + ", 1 are of people who were erased")
                    .endsWith("exit 0");
        try (PmsProcess platform = up(fork)) {
            Web web = new Web(port);
            JsonNode erased = web.get("/api/people/" + ann, "PMS-Min-Position", "3").json();
            assertThat(erased.path("name").isNull()).isTrue();
            assertThat(erased.path("erased").asBoolean()).isTrue();
            assertThat(web.get("/api/people/" + bob).json().path("name").asString())
                    .isEqualTo("Bob");
            assertThat(web.get("/api/health").json().at("/checks/people").asString())
                    .isEqualTo("healthy");
            platform.stop();
        }
    }

    /** Where the signing key was brought back already, and nothing else is. */
    private void restoresIntoADataDirectory() throws IOException {
        Path data = Files.createDirectory(folder.resolve("machine"));
        Files.writeString(data.resolve("signing-key"), Base64.getEncoder().encodeToString(SEED));
        String[] restore = {
            "restore", "--archive", archive, "--to", "latest", "--key", key(), "--data", "" + data
        };
        assertThat(pms(restore))
                .contains("6 events of the archive")
                .doesNotContain("signing-key")
                .endsWith("before ./pms up\nexit 0");
        assertThat(pms(restore)).contains("restore into an empty database").endsWith("exit 1");
        assertThat(pms("verify", "--data", data.toString())).endsWith("exit 0");
        assertThat(pms("restore", "--archive", archive, "--to", "latest"))
                .contains("say which database: --data DIR or --database")
                .endsWith("exit 1");
    }

    private String restore(SharedServers.Database into, String to) {
        return pms(
                "restore",
                "--archive",
                archive,
                "--to",
                to,
                "--database",
                into.ownerUrl(),
                "--key",
                key());
    }

    @Test
    void checksProofsCheckpointsAndRollsForward() throws Exception {
        DatabaseUrl owner = DatabaseUrl.parse(lost.ownerUrl());
        DatabaseUrl application = DatabaseUrl.parse(lost.applicationUrl());
        LogSchema.migrate(owner, application, 0);
        archive(lost);
        Path older = Files.copy(folder.resolve("archive/checkpoint"), folder.resolve("older"));
        SharedServers.Database behind = SharedServers.freshDatabase();
        assertThat(restore(behind, "latest")).endsWith("exit 0");
        LogSchema.migrate(
                DatabaseUrl.parse(behind.ownerUrl()),
                DatabaseUrl.parse(behind.applicationUrl()),
                0);
        append(application);
        archive(lost);
        Path entry = folder.resolve("entry.json");
        Path proof = folder.resolve("event.tlog-proof");
        prove(application, entry, proof);
        String[] check = {
            "verify", "--proof", proof.toString(), "--entry", entry.toString(), "--key", key()
        };
        assertThat(pms(check)).contains("the event is at position 1 of").endsWith("exit 0");
        Files.writeString(entry, Files.readString(entry).replace("Tested", "Faked"));
        assertThat(pms(check)).contains("pms: inclusion proof of leaf 1").endsWith("exit 1");
        assertThat(
                        pms(
                                "verify",
                                "--checkpoint",
                                older.toString(),
                                "--checkpoint",
                                folder.resolve("archive/checkpoint").toString(),
                                "--archive",
                                archive,
                                "--key",
                                key()))
                .contains("only grew")
                .endsWith("exit 0");
        assertThat(forward(behind)).contains("appended 2 events").endsWith("exit 0");
        assertThat(forward(behind)).contains("nothing is missing").endsWith("exit 0");
    }

    private String forward(SharedServers.Database database) {
        return pms(
                "restore",
                "--roll-forward",
                "--archive",
                archive,
                "--database",
                database.applicationUrl(),
                "--key",
                key());
    }

    private static void append(DatabaseUrl url) {
        try (MysqlEventLog log = MysqlEventLog.open(url, LogSettings.defaults())) {
            for (int i = 0; i < 2; i++) log.append(new Unit(List.of(event(i)), null)).join();
        }
    }

    private static NewEvent event(int sequence) {
        return new NewEvent(
                null,
                "pms.test.Tested.v1",
                "a",
                sequence,
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "{}".getBytes(StandardCharsets.UTF_8));
    }

    private void prove(DatabaseUrl url, Path entry, Path proof) throws Exception {
        try (MysqlEventLog log = MysqlEventLog.open(url, LogSettings.defaults());
                ObjectStore store = ObjectStore.open(archive, ObjectStoreSettings.defaults())) {
            Files.write(entry, EntryCodec.encode(log.read(1, 1).getFirst()));
            Archive read = new Archive(store);
            InclusionProof inclusion = InclusionProof.build(1, 2, new TileHashSource(2, read));
            Files.write(proof, new TlogProof(inclusion, read.checkpoint().orElseThrow()).encode());
        }
    }
}
