package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.pms.archive.SigningKeys;
import io.pms.embedded.EmbeddedDatabase;
import io.pms.embedded.EmbeddedMariaDb;
import io.pms.embedded.EmbeddedRedis;
import io.pms.embedded.SharedServers;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogSettings;
import io.pms.log.MysqlEventLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DrillTest {
    private final Path home = SharedServers.temporary("drill");
    private final Path data = home.resolve("data");
    private final String archive = "file:" + home.resolve("archive");
    private final int port = PmsProcess.freePort();
    private final Web web = new Web(port);

    @Test
    void restoresServesAndComparesAndSaysWhatDiffers() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(home.resolve("redis"), 0, List.of());
                PmsProcess platform =
                        PmsProcess.start(
                                Map.of(
                                        "PMS_ARCHIVE_URL",
                                        archive,
                                        "REDIS_URL",
                                        redis.url(),
                                        "PMS_DRILL_EVERY",
                                        "30d"),
                                "up",
                                "--data",
                                data.toString(),
                                "--port",
                                String.valueOf(port))) {
            platform.awaitLine("ready http://127.0.0.1:" + port);
            fill();
            leaveSomebodyOut();
            awaitArchived();
            assertThat(drill())
                    .contains("served again after")
                    .contains("0.0 s of events were not in the archive (RPO)")
                    .contains(
                            "32 projects, tasks and people are shown as in the living system; 0 have changed since")
                    .contains("32 events are told as by the living system")
                    .contains("the living log has the archive's 33 events, row by row")
                    .contains("1 aggregates are left out")
                    .endsWith("exit 0");
            assertThat(home.resolve("scratch")).isEmptyDirectory();
            leavesNothingWhenItIsToldToStop();
            recordsWhatItCouldNotDo();
            changeATask(redis.url());
            changeARow();
            assertThat(drill())
                    .containsPattern("default tasks: .* is shown differently")
                    .contains("default activity: position 3 is shown differently")
                    .contains("the living log: position 3: the database has another event")
                    .endsWith("exit 1");
            assertThat(drill("--history"))
                    .containsSubsequence("is shown differently", "by a known key", "well")
                    .contains("0 events  RPO unknown  RTO unknown")
                    .doesNotContain("stopped")
                    .endsWith("exit 0");
        }
    }

    private void leavesNothingWhenItIsToldToStop() {
        PmsProcess drill = start();
        await().atMost(Duration.ofSeconds(120)).until(this::isServing);
        assertThat(drill.stop()).endsWith("exit 143");
        assertThat(home.resolve("scratch")).isEmptyDirectory();
        assertThat(ProcessHandle.allProcesses().filter(this::isOfScratch)).isEmpty();
    }

    /** The platform on what was restored has begun to start. */
    private boolean isServing() throws IOException {
        try (Stream<Path> folders = Files.list(home.resolve("scratch"))) {
            return folders.anyMatch(folder -> Files.exists(folder.resolve("platform/pms.lock")));
        }
    }

    private boolean isOfScratch(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains(home.resolve("scratch").toString()))
                .isPresent();
    }

    private void recordsWhatItCouldNotDo() throws IOException {
        String other = "pms/log/other";
        assertThat(drill("--key", SigningKeys.verifiers(other, List.of(new byte[32])).getFirst()))
                .contains("how much was not in the archive is unknown (RPO)")
                .contains("pms: the drill failed: ")
                .endsWith("exit 1");
        assertThat(home.resolve("scratch")).isEmptyDirectory();
    }

    private void fill() {
        String project =
                web.command("CreateProject", "{\"name\":\"Drilled\"}")
                        .json()
                        .path("aggregateId")
                        .asString();
        for (int i = 0; i < 30; i++)
            assertThat(
                            web.command(
                                            "CreateTask",
                                            "{\"projectId\":\"%s\",\"name\":\"Task %d\"}"
                                                    .formatted(project, i))
                                    .status())
                    .isEqualTo(200);
    }

    /** The platform is not healthy then, and neither is what is restored. */
    private void leaveSomebodyOut() {
        String person =
                web.command("RegisterPerson", "{\"name\":\"Ann\"}")
                        .json()
                        .path("aggregateId")
                        .asString();
        DatabaseUrl url = DatabaseUrl.parse(database(EmbeddedDatabase.APPLICATION));
        try (MysqlEventLog log = MysqlEventLog.open(url, LogSettings.defaults())) {
            UnknownEvents.append(log, person);
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(this::someAreLeftOut);
    }

    private String database(String account) {
        Path home = data.resolve(EmbeddedServers.DATABASE);
        return EmbeddedMariaDb.running(home, EmbeddedServers.LOG, account).orElseThrow();
    }

    private void someAreLeftOut() {
        Web.Answer health = web.get("/api/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.json().path("status").asString()).isEqualTo("degraded");
        assertThat(health.json().path("projections").valueStream())
                .filteredOn(each -> each.path("parkedAggregates").asInt() == 1)
                .extracting(each -> each.path("name").asString())
                .contains("people");
    }

    private void awaitArchived() {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(Files.readAllLines(home.resolve("archive/checkpoint")).get(1))
                                .isEqualTo("33"));
    }

    private String drill(String... options) {
        return start(options).await();
    }

    private PmsProcess start(String... options) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(
                List.of(
                        "drill",
                        "--archive",
                        archive,
                        "--data",
                        data.toString(),
                        "--url",
                        "http://127.0.0.1:" + port,
                        "--scratch",
                        home.resolve("scratch").toString()));
        arguments.addAll(List.of(options));
        return PmsProcess.start(Map.of(), arguments.toArray(String[]::new));
    }

    /** As somebody with the owner's account does who knows about triggers. */
    private void changeARow() throws SQLException {
        try (Connection connection = DriverManager.getConnection(database(EmbeddedDatabase.OWNER));
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TRIGGER event_no_update");
            statement.execute("UPDATE event SET actor = 'nobody' WHERE position = 3");
        }
    }

    /** As a projection with a defect would. */
    private static void changeATask(String url) {
        RedisClient client = RedisClient.create(url);
        try (StatefulRedisConnection<String, String> redis = client.connect()) {
            String key =
                    redis.sync().keys("*tasks*").stream()
                            .filter(each ->
                                    each.contains(":e:") && redis.sync().type(each).equals("hash"))
                            .findFirst()
                            .orElseThrow();
            redis.sync().hset(key, "name", "Something else");
        } finally {
            client.shutdown();
        }
    }
}
