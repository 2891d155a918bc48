package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.embedded.SharedServers;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreSettings;
import io.pms.recovery.DrillHistory;
import io.pms.recovery.DrillReport;
import io.pms.standalone.Web.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArchiveTest {
    private final Path home = SharedServers.temporary("archived");
    private final Path data = home.resolve("data");
    private final Path archive = home.resolve("archive");
    private final int port = PmsProcess.freePort();
    private final Web web = new Web(port);

    private PmsProcess start(Map<String, String> environment) {
        return PmsProcess.start(
                environment, "up", "--data", data.toString(), "--port", String.valueOf(port));
    }

    private PmsProcess up(Map<String, String> environment) {
        PmsProcess process = start(environment);
        process.awaitLine("ready http://127.0.0.1:" + port);
        return process;
    }

    private Map<String, String> waiting() {
        return Map.of(
                "PMS_ARCHIVE_URL",
                "file:" + archive,
                "PMS_DURABILITY",
                "archive",
                "PMS_ARCHIVE_TIMEOUT",
                "10s");
    }

    private Answer create(String key) {
        return web.command("CreateProject", "{\"name\":\"" + key + "\"}", "Idempotency-Key", key);
    }

    private long archived() {
        try {
            return Long.parseLong(Files.readAllLines(archive.resolve("checkpoint")).get(1));
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void isThereWhenACommandIsAnsweredWhereThatIsAskedFor() throws IOException {
        try (PmsProcess platform = up(waiting())) {
            for (int i = 0; i < 20; i++) {
                Answer created = create("Project " + i);
                assertThat(created.status()).as("%s", created.json()).isEqualTo(200);
                assertThat(archived()).isGreaterThan(created.json().path("position").asLong());
            }
            Path away = archive.resolveSibling("away");
            Files.move(archive, away);
            Files.writeString(archive, "no folder");
            Answer refused = create("Not archived");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.kind()).isEqualTo("not-archived");
            assertThat(refused.json().path("detail").asString())
                    .contains("committed, not archived; repeat with the same key to wait again");
            Files.delete(archive);
            Files.move(away, archive);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(create("Not archived").status()).isEqualTo(200));
            Answer again = create("Not archived");
            assertThat(again.json().path("position").asLong())
                    .as("it was stored once")
                    .isEqualTo(20);
            assertThat(archived()).isEqualTo(21);
        }
    }

    @Test
    void keepsAPlatformFromStartingOnAnotherLog() {
        Map<String, String> drilled =
                Map.of("PMS_ARCHIVE_URL", "file:" + archive, "PMS_DRILL_EVERY", "3s");
        try (PmsProcess platform = up(drilled)) {
            create("First");
            await().untilAsserted(() -> assertThat(archived()).isEqualTo(1));
            drillsAreHeldByThemselves();
            erasuresWaitForItAlways();
            assertThat(platform.stop()).endsWith("exit 143");
        }
        String refused =
                PmsProcess.start(
                                Map.of("PMS_ARCHIVE_URL", "file:" + archive),
                                "up",
                                "--data",
                                home.resolve("other").toString(),
                                "--port",
                                String.valueOf(port))
                        .await();
        assertThat(refused).contains("PMS_ARCHIVE_URL has 3 events of pms/log/").endsWith("exit 1");
        assertThat(start(Map.of("PMS_DURABILITY", "archive")).await())
                .contains("PMS_DURABILITY=archive needs PMS_ARCHIVE_URL")
                .endsWith("exit 1");
        assertThat(start(Map.of("PMS_ARCHIVE_URL", "ftp://nowhere")).await()).endsWith("exit 1");
    }

    private void drillsAreHeldByThemselves() {
        try (ObjectStore store =
                ObjectStore.open("file:" + archive, ObjectStoreSettings.defaults())) {
            DrillHistory history = new DrillHistory(store);
            Optional<DrillReport> drill =
                    await().atMost(Duration.ofMinutes(2))
                            .until(history::latest, Optional::isPresent);
            assertThat(drill.orElseThrow().problems()).isEmpty();
            assertThat(drill.orElseThrow().logCompared()).isPositive();
        }
    }

    private void erasuresWaitForItAlways() {
        String ann = "{\"personId\":\"6f1c1f7e-0b1e-4c64-9d0a-7d1f3c1a0301\",";
        web.command("RegisterPerson", ann + "\"name\":\"Ann\"}");
        Answer erased = web.command("ErasePerson", ann + "\"reason\":\"request 1\"}");
        assertThat(erased.status()).as(erased.http().body()).isEqualTo(200);
        assertThat(archived()).isGreaterThan(erased.json().path("position").asLong());
    }
}
