package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.embedded.SharedServers;
import io.pms.standalone.Web.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpTest {
    private final Path data = SharedServers.temporary("up").resolve("data");
    private final int port = PmsProcess.freePort();
    private final Web web = new Web(port);

    @Test
    void findsItsDataAgainAfterAStopAndAfterAKillAndNotAfterFresh() {
        long position;
        try (PmsProcess first = PmsProcess.up(data, port)) {
            web.awaitHealthy();
            assertThat(data.resolve("mariadb/data/binlog.000001"))
                    .as("what makes readers see only what is flushed")
                    .exists();
            position = created("Stopped in order");
            assertThat(first.stop()).doesNotContain("Exception").endsWith("exit 143");
        }
        try (PmsProcess second = PmsProcess.up(data, port)) {
            awaitProjects(position, "Stopped in order");
            position = created("Then killed");
            second.kill();
        }
        try (PmsProcess third = PmsProcess.up(data, port)) {
            awaitProjects(position, "Stopped in order", "Then killed");
            third.stop();
        }
        try (PmsProcess fresh =
                PmsProcess.start(
                        Map.of(),
                        "up",
                        "--fresh",
                        "--data",
                        data.toString(),
                        "--port",
                        String.valueOf(port))) {
            fresh.awaitLine("ready http://127.0.0.1:" + port);
            assertThat(web.get("/api/projects").json().path("total").asInt()).isZero();
        }
    }

    private long created(String name) {
        Answer answer = web.command("CreateProject", "{\"name\":\"" + name + "\"}");
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().path("position").asLong();
    }

    private void awaitProjects(long position, String... names) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(projectNames(position)).containsExactly(names));
    }

    private java.util.List<String> projectNames(long position) {
        return web.get("/api/projects", "PMS-Min-Position", String.valueOf(position))
                .json()
                .path("items")
                .valueStream()
                .map(item -> item.path("name").asString())
                .toList();
    }

    @Test
    void refusesASecondPlatformOnTheSameDataOrPort() {
        try (PmsProcess first = PmsProcess.up(data, port)) {
            String otherPort = String.valueOf(PmsProcess.freePort());
            assertThat(start("--data", data.toString(), "--port", otherPort))
                    .contains("is in use by another pms")
                    .contains("--data")
                    .endsWith("exit 1");
            assertThat(
                            start(
                                    "--data",
                                    data.resolveSibling("other").toString(),
                                    "--port",
                                    String.valueOf(port)))
                    .contains("port " + port + " is in use; choose another with --port")
                    .endsWith("exit 1");
            web.awaitHealthy();
        }
    }

    @Test
    void saysWhatIsWrongWhenItCannotStart() throws Exception {
        Files.createDirectories(data);
        Files.writeString(data.resolve("letter.txt"), "not yours");
        assertThat(start("--data", data.toString(), "--port", String.valueOf(port)))
                .contains("holds files that are not of pms")
                .endsWith("exit 1");
        assertThat(data.resolve("letter.txt")).exists();
        String unreachable = "mysql://pms:secret@127.0.0.1:" + PmsProcess.freePort() + "/pms";
        String answer =
                PmsProcess.start(
                                Map.of("DATABASE_URL", unreachable),
                                "up",
                                "--data",
                                data.resolveSibling("unreachable").toString(),
                                "--port",
                                String.valueOf(port))
                        .await();
        assertThat(answer)
                .contains("cannot reach the database at 127.0.0.1")
                .doesNotContain("secret")
                .endsWith("exit 1");
        assertThat(start("--port", "many")).contains("--port").endsWith("exit 2");
    }

    private static String start(String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "up";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return PmsProcess.start(Map.of(), arguments).await();
    }

    @Test
    void goesOnAfterItsDatabaseOrItsRedisDies() throws Exception {
        try (PmsProcess platform = PmsProcess.up(data, port)) {
            long position = created("Before");
            endProcess(data.resolve("redis/redis.pid"));
            created("Without Redis");
            web.awaitHealthy();
            endProcess(data.resolve("mariadb/mariadb.pid"));
            Answer refused = web.command("CreateProject", "{\"name\":\"Without a database\"}");
            assertThat(refused.status()).isIn(200, 503);
            if (refused.status() == 503)
                assertThat(refused.kind()).isIn("log-unavailable", "outcome-unknown");
            web.awaitHealthy();
            created("After");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(projectNames(position))
                                    .contains("Before", "Without Redis", "After"));
        }
    }

    private static void endProcess(Path pidFile) throws Exception {
        long pid = Long.parseLong(Files.readString(pidFile).split(" ")[0]);
        ProcessHandle handle = ProcessHandle.of(pid).orElseThrow();
        handle.destroyForcibly();
        handle.onExit().get();
    }
}
