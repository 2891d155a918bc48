package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.embedded.SharedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackupTest {
    private final Path home = SharedServers.temporary("backup");
    private final Path data = home.resolve("data");
    private final Path place = home.resolve("backups");
    private final String url = "file:" + place;
    private final int port = PmsProcess.freePort();

    private static String backup(String... options) {
        List<String> arguments = new ArrayList<>(List.of("backup"));
        arguments.addAll(List.of(options));
        return PmsProcess.start(Map.of(), arguments.toArray(String[]::new)).await();
    }

    private List<Path> manifests() {
        try (Stream<Path> files = Files.list(place.resolve("manifests"))) {
            return files.toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @Test
    void bringsAPlatformBack() throws Exception {
        PmsProcess platform =
                PmsProcess.start(
                        Map.of("PMS_BACKUP_URL", url),
                        "up",
                        "--data",
                        data.toString(),
                        "--port",
                        String.valueOf(port));
        try (platform) {
            platform.awaitLine("ready http://127.0.0.1:" + port);
            await().atMost(Duration.ofSeconds(120))
                    .untilAsserted(() -> assertThat(manifests()).hasSize(1));
            Web web = new Web(port);
            for (int i = 0; i < 5; i++)
                assertThat(
                                web.command(
                                                "CreateProject",
                                                "{\"name\":\"P" + i + "\"}",
                                                "Idempotency-Key",
                                                "key " + i)
                                        .status())
                        .isEqualTo(200);
            assertThat(backup("--to", url, "--data", data.toString()))
                    .contains("- backing up event")
                    .containsPattern("backup [0-9TZ]+-[0-9a-f]{8}: [0-9,]+ rows")
                    .endsWith("exit 0");
            assertThat(platform.stop()).endsWith("exit 143");
        }
        assertThat(backup("--to", url, "--data", data.toString())).endsWith("exit 0");
        assertThat(backup("list", "--to", url))
                .containsPattern("0 events .* whole\n(?s).* 5 events .* whole\n")
                .endsWith("exit 0");
        restoreAndGoOn();
    }

    private void restoreAndGoOn() {
        SharedServers.Database target = SharedServers.freshDatabase();
        assertThat(backup("restore", "--from", url, "--database", target.ownerUrl()))
                .contains("log 0: 5 events, root ")
                .contains("every event is what was stored")
                .endsWith("exit 0");
        assertThat(backup("restore", "--from", url, "--database", target.ownerUrl()))
                .contains("is not empty")
                .endsWith("exit 1");
        Map<String, String> environment =
                Map.of(
                        "DATABASE_URL",
                        target.applicationUrl(),
                        "DATABASE_OWNER_URL",
                        target.ownerUrl(),
                        "PMS_MASTER_KEY_FILE",
                        data.resolve("master.key").toString());
        int other = PmsProcess.freePort();
        try (PmsProcess platform =
                PmsProcess.start(
                        environment,
                        "up",
                        "--data",
                        home.resolve("other").toString(),
                        "--port",
                        String.valueOf(other))) {
            platform.awaitLine("ready http://127.0.0.1:" + other);
            Web web = new Web(other);
            Web.Answer again =
                    web.command("CreateProject", "{\"name\":\"P3\"}", "Idempotency-Key", "key 3");
            assertThat(again.http().headers().firstValue("Idempotency-Replayed")).contains("true");
            assertThat(again.json().path("position").asLong()).isEqualTo(3);
            assertThat(
                            web.command("CreateProject", "{\"name\":\"New\"}")
                                    .json()
                                    .path("position")
                                    .asLong())
                    .isEqualTo(5);
        }
    }

    @Test
    void saysWhatItCannotDo() throws IOException {
        assertThat(backup("--database", SharedServers.freshDatabase().ownerUrl()))
                .contains("say where backups are with --to or PMS_BACKUP_URL")
                .endsWith("exit 1");
        assertThat(backup("--to", "ftp://x", "--database", "mysql://a/b"))
                .contains("Write s3://bucket/prefix or file:/absolute/folder")
                .endsWith("exit 1");
        assertThat(backup("--to", url, "--database", SharedServers.freshDatabase().ownerUrl()))
                .endsWith("pms: there is no log in this database\nexit 1");
        assertThat(backup("list", "--to", url)).endsWith("pms: there is no backup\nexit 1");
        String nowhere = "mysql://u:secret@127.0.0.1:" + port + "/pms";
        assertThat(backup("--to", url, "--database", nowhere))
                .contains("cannot reach the database at 127.0.0.1:" + port)
                .doesNotContain("secret")
                .endsWith("exit 1");
        assertThat(backup("restore", "--from", url, "--database", nowhere))
                .endsWith("pms: there is no backup\nexit 1");
        assertThat(backup("restore", "--from", url, "--data", "x", "--database", "y"))
                .contains("mutually exclusive")
                .endsWith("exit 2");
        Files.createDirectories(place.resolve("manifests"));
        Files.writeString(
                place.resolve("manifests/20260102T030405Z-00000000.json"), "{\"format\":");
        assertThat(backup("list", "--to", url))
                .contains("DAMAGED")
                .endsWith("pms: the newest backup is damaged\nexit 1");
    }
}
