package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pms.embedded.EmbeddedRedis;
import io.pms.embedded.SharedServers;
import io.pms.log.EventLog;
import io.pms.standalone.Web.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What its operators see of a platform whose projections have trouble. */
class ProjectionTroubleTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private static final EmbeddedRedis REDIS =
            EmbeddedRedis.start(SharedServers.temporary("trouble"), 0, List.of());

    private static final ApiServer SERVER =
            new ApiServer(Map.of("spring.data.redis.url", REDIS.url()));

    @AfterAll
    static void stop() {
        SERVER.close();
        REDIS.close();
    }

    private static Answer health() {
        return SERVER.web().get("/api/health");
    }

    private static String projections(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "projections";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--url";
        all[arguments.length + 2] = "http://127.0.0.1:" + SERVER.web().port();
        return PmsProcess.start(Map.of(), all).await();
    }

    @Test
    void healthAnswersWhileRedisHangs() throws Exception {
        REDIS.suspend();
        try (PlatformClient client =
                new PlatformClient(URI.create("http://127.0.0.1:" + SERVER.web().port()))) {
            long begun = System.nanoTime();
            Answer hanging = health();
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(10));
            assertThat(hanging.status()).isEqualTo(200);
            assertThat(hanging.json().path("status").asString()).isEqualTo("degraded");
            assertThat(hanging.json().at("/checks/redis").asString()).isEqualTo("unhealthy");
            assertThat(hanging.json().path("projections").size()).isEqualTo(4);
            assertThatThrownBy(() -> new CaughtUp(client, Duration.ZERO).await(1_000))
                    .hasMessageContaining("tasks shows ")
                    .hasMessageContaining("redis: no answer within 2000 ms");
        } finally {
            REDIS.resume();
        }
        await().atMost(LONG)
                .until(() -> health().json().at("/checks/redis").asString().equals("healthy"));
    }

    @Test
    void whatIsLeftOutIsToldAndTakenInByARebuild() {
        String person =
                SERVER.web()
                        .command("RegisterPerson", "{\"name\":\"Ann\"}")
                        .json()
                        .path("aggregateId")
                        .asString();
        UnknownEvents.append(SERVER.bean(EventLog.class), person);
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(projections("parked", "people"))
                                .contains(person)
                                .contains("pms.person.PersonTeleported.v9")
                                .contains("- 1 left out")
                                .endsWith("exit 0"));
        assertThat(health().status()).isEqualTo(200);
        assertThat(health().json().path("status").asString()).isEqualTo("degraded");
        assertThat(projections("parked", "people", person))
                .contains("\"aggregateId\":\"" + person + "\"")
                .endsWith("exit 0");
        assertThat(projections("rebuild", "people"))
                .containsPattern("people is built: \\d+ events in ")
                .endsWith("exit 0");
        assertThat(projections("rebuild", "none"))
                .contains("there is no projection none")
                .doesNotContain("is built")
                .endsWith("exit 1");
    }
}
