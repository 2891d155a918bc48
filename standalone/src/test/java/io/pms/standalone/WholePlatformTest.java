package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.embedded.SharedServers;
import io.pms.standalone.Web.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One platform, used as its users use it: over HTTP and from the command line. */
class WholePlatformTest {
    private static final Path DATA = SharedServers.temporary("whole").resolve("data");
    private static final int PORT = PmsProcess.freePort();
    private static final Web WEB = new Web(PORT);
    private static PmsProcess platform;

    @BeforeAll
    static void start() {
        platform = PmsProcess.up(DATA, PORT);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static byte[] sample(String name) {
        try (InputStream in = WholePlatformTest.class.getResourceAsStream("/samples/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    /** Everything that queries show, in one text. */
    private static String everything() {
        List<String> all = new ArrayList<>();
        for (String path :
                List.of("/api/projects", "/api/people", "/api/tasks?sort=name", "/api/activity")) {
            String cursor = "";
            do {
                String separator = path.contains("?") ? "&" : "?";
                Answer page = WEB.get(path + separator + "limit=100" + cursor);
                assertThat(page.status()).as(page.http().body()).isEqualTo(200);
                page.json().path("items").forEach(item -> all.add(item.toString()));
                cursor =
                        page.json().path("nextCursor").isNull()
                                ? ""
                                : "&cursor=" + page.json().path("nextCursor").asString();
            } while (!cursor.isEmpty());
        }
        return String.join("\n", all);
    }

    @Test
    void importsFromTheCommandLineAndChangesNothingTheSecondTime() throws Exception {
        Path file = DATA.resolveSibling("sample-history.xes");
        Files.write(file, sample("sample-history.xes"));
        String url = "http://127.0.0.1:" + PORT;
        String first =
                PmsProcess.start(
                                Map.of("PMS_TENANT", "imported"),
                                "import",
                                file.toString(),
                                "--url",
                                url,
                                "--project",
                                "Repairs")
                        .await();
        assertThat(first).contains("\"tasks\":8").contains("\"skipped\":0").endsWith("exit 0");
        Answer tasks = WEB.get("/api/tasks?limit=1", "X-Tenant", "imported");
        assertThat(tasks.json().path("total").asInt()).isEqualTo(8);
        Answer again = WEB.get("/api/projects", "X-Tenant", "imported");
        assertThat(again.json().path("items").path(0).path("name").asString()).isEqualTo("Repairs");
        String second =
                PmsProcess.start(
                                Map.of("PMS_TENANT", "imported"),
                                "import",
                                file.toString(),
                                "--url",
                                url,
                                "--project",
                                "Repairs")
                        .await();
        assertThat(second).contains("\"events\":0").endsWith("exit 0");
        assertThat(WEB.get("/api/tasks?limit=1", "X-Tenant", "imported").json().path("position"))
                .isEqualTo(tasks.json().path("position"));
    }

    @Test
    void theCommandLineSaysWhyAnImportFails() throws Exception {
        Path broken = DATA.resolveSibling("broken.xes");
        Files.writeString(broken, "<log><trace>");
        assertThat(importOf(broken, PORT)).contains("pms: ").contains("line 1").endsWith("exit 1");
        assertThat(importOf(DATA.resolveSibling("absent.xes"), PORT))
                .contains("there is no file")
                .endsWith("exit 1");
        assertThat(importOf(broken, PmsProcess.freePort()))
                .contains("start it with ./pms up")
                .endsWith("exit 1");
    }

    private static String importOf(Path file, int port) {
        return PmsProcess.start(
                        Map.of(), "import", file.toString(), "--url", "http://127.0.0.1:" + port)
                .await();
    }

    @Test
    void queriesComeBackCompleteAndEqualAfterRedisLostEverything() throws Exception {
        assertThat(WEB.upload("?file=plan.xml", gzip(sample("sample-plan.xml"))).status())
                .isEqualTo(200);
        String before = everything();
        flushRedis();
        await().atMost(Duration.ofSeconds(120))
                .untilAsserted(() -> assertThat(WEB.get("/api/projects").status()).isEqualTo(200));
        await().atMost(Duration.ofSeconds(120))
                .ignoreExceptions()
                .until(() -> everythingBut("plannedValue", before));
    }

    /** Planned value grows with the time of day; all else must be the same. */
    private static boolean everythingBut(String member, String before) {
        String pattern = "\"" + member + "\":[0-9.]+";
        return everything().replaceAll(pattern, "").equals(before.replaceAll(pattern, ""));
    }

    private static void flushRedis() throws IOException {
        String pid = Files.readString(DATA.resolve("redis/redis.pid")).split(" ")[0];
        String command = Files.readString(Path.of("/proc", pid, "cmdline"));
        List<String> words = List.of(command.split("\0"));
        int port =
                words.contains("--port")
                        ? Integer.parseInt(words.get(words.indexOf("--port") + 1))
                        : Integer.parseInt(words.getFirst().replaceAll(".*:", "").trim());
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readNBytes(3))
                    .isEqualTo("+OK".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void refused(Answer answer, int status, String kind) {
        assertThat(answer.kind()).as(answer.http().body()).isEqualTo(kind);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("title").asString()).isNotBlank();
        assertThat(answer.json().path("detail").asString()).isNotBlank();
        assertThat(answer.http().headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
    }

    @Test
    void everyKindOfBadInputGetsItsProblemAndStoresNothing() throws Exception {
        String project =
                WEB.command("CreateProject", "{\"name\":\"P\"}")
                        .json()
                        .path("aggregateId")
                        .asString();
        Answer created =
                WEB.command(
                        "CreateTask",
                        "{\"projectId\":\"" + project + "\",\"name\":\"T\"}",
                        "Idempotency-Key",
                        "bad-input-1");
        String task = created.json().path("aggregateId").asString();
        String position = created.json().path("position").asString();
        long size =
                WEB.get("/api/activity", "PMS-Min-Position", position)
                        .json()
                        .path("total")
                        .asLong();
        String move = "{\"taskId\":\"" + task + "\",\"status\":\"%s\"}";
        refused(WEB.command("CreateProject", "{\"name\":"), 400, "malformed-json");
        refused(WEB.command("DestroyProject", "{}"), 404, "unknown-command");
        refused(
                WEB.command("CreateProject", "{\"name\":\"P\",\"colour\":\"red\"}"),
                400,
                "unknown-member");
        refused(WEB.command("CreateProject", "{}"), 400, "missing-member");
        refused(
                WEB.command("ChangeTaskStatus", move.formatted("Done"), "X-Tenant", "others"),
                404,
                "not-found");
        refused(WEB.get("/api/tasks/" + task, "X-Tenant", "others"), 404, "not-found");
        refused(WEB.command("ChangeTaskStatus", move.formatted("Gone")), 422, "illegal-transition");
        refused(
                WEB.command("ChangeTaskStatus", move.formatted("Done"), "If-Match", "\"7\""),
                412,
                "stale-version");
        refused(
                WEB.command(
                        "CreateTask",
                        "{\"projectId\":\"" + project + "\",\"name\":\"Other\"}",
                        "Idempotency-Key",
                        "bad-input-1"),
                422,
                "idempotency-key-reused");
        String large =
                "{\"projectId\":\""
                        + project
                        + "\",\"name\":\"T\",\"attributes\":[{\"key\":\"k\",\"type\":\"string\",\"value\":\""
                        + "x".repeat(70_000)
                        + "\"}]}";
        refused(WEB.command("CreateTask", large), 413, "event-too-large");
        refused(
                WEB.command("CreateProject", "{\"name\":\"" + "x".repeat(20_000_000) + "\"}"),
                413,
                "body-too-large");
        byte[] history = gzip(sample("sample-history.xes"));
        refused(
                WEB.upload("?file=cut.xes.gz", Arrays.copyOf(history, history.length / 2)),
                422,
                "bad-import-file");
        refused(WEB.get("/api/tasks?colour=red"), 400, "bad-parameter");
        refused(WEB.get("/api/tasks?cursor=rubbish"), 400, "bad-cursor");
        refused(WEB.get("/api/tasks/" + UUID.randomUUID()), 404, "not-found");
        refused(WEB.get("/api/nothing"), 404, "no-such-resource");
        refused(
                WEB.get("/api/tasks", "PMS-Min-Position", "999999999"),
                400,
                "position-beyond-head");
        assertThat(WEB.get("/api/activity").json().path("total").asLong()).isEqualTo(size);
    }

    @Test
    void metricsAndProbesAreOnTheNextPort() {
        Web management = new Web(PORT + 1);
        assertThat(management.get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(management.get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(management.get("/actuator/prometheus").http().body())
                .contains("pms_projection_lag_events{partition=\"0\",projection=\"tasks\"}")
                .contains("pms_policy_lag_events{policy=\"overdue\"}")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void logsAreStructured() throws Exception {
        assertThat(Files.readAllLines(DATA.resolve("logs/pms.log")))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("{\"@timestamp\":"));
    }
}
