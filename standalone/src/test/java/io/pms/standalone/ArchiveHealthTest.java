package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.embedded.SharedServers;
import io.pms.standalone.Web.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArchiveHealthTest {
    private final Path folder = SharedServers.temporary("health").resolve("archive");
    private final ApiServer server =
            new ApiServer(
                    Map.of(
                            "pms.archive.url",
                            "file:" + folder,
                            "pms.archive.interval",
                            "20ms",
                            "PMS_SIGNING_KEY",
                            Base64.getEncoder().encodeToString(new byte[32])));

    @AfterEach
    void stop() {
        server.close();
    }

    private void store(String name) {
        Answer answer = server.web().command("CreateProject", "{\"name\":\"" + name + "\"}");
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
    }

    private void awaitArchived(long events) {
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        server.web().get("/api/archive").json().path("archived").asLong()
                                == events);
    }

    private Answer awaitHealth(String status) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> server.web().get("/api/health"),
                        health -> health.json().at("/checks/archive").asString().equals(status));
    }

    @Test
    void isDegradedWhileTheArchiveIsAwayAndCommandsAreStored() throws IOException {
        store("Archived");
        awaitArchived(1);
        assertThat(awaitHealth("healthy").status()).isEqualTo(200);
        Path away = folder.resolveSibling("away");
        Files.move(folder, away);
        store("Not archived");
        Answer degraded = awaitHealth("degraded");
        assertThat(degraded.status()).isEqualTo(200);
        assertThat(degraded.json().path("status").asString()).isEqualTo("degraded");
        assertThat(degraded.json().at("/details/archive").asString()).isNotBlank();
        Files.move(away, folder);
        awaitArchived(2);
        awaitHealth("healthy");
    }

    @Test
    void isUnhealthyWhenTheLogContradictsItsArchive() throws IOException {
        store("Archived");
        awaitArchived(1);
        Path checkpoint = folder.resolve("checkpoint");
        Files.writeString(checkpoint, Files.readString(checkpoint).replace("\n1\n", "\n2\n"));
        store("After somebody was there");
        Answer unhealthy = awaitHealth("unhealthy");
        assertThat(unhealthy.status()).isEqualTo(503);
        assertThat(unhealthy.json().path("status").asString()).isEqualTo("unhealthy");
        assertThat(server.web().get("/api/archive").json().path("forked").asBoolean()).isTrue();
    }
}
