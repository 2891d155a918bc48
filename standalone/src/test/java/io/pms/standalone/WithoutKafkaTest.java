package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.standalone.Web.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Kafka is for others: while it is away everything else works. */
class WithoutKafkaTest {
    @Test
    void acceptsCommandsAndSaysThatNothingIsPublished() {
        String nobody = "127.0.0.1:" + PmsProcess.freePort();
        Map<String, Object> kafka =
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        nobody,
                        "pms.kafka.properties.request.timeout.ms",
                        "500",
                        "pms.kafka.properties.default.api.timeout.ms",
                        "500");
        try (ApiServer server = new ApiServer(kafka)) {
            Answer created = server.web().command("CreateProject", "{\"name\":\"Unpublished\"}");
            assertThat(created.status()).isEqualTo(200);
            Answer projects =
                    server.web()
                            .get(
                                    "/api/projects",
                                    "PMS-Min-Position",
                                    created.json().path("position").asString());
            assertThat(projects.status()).isEqualTo(200);
            Answer health =
                    await().atMost(Duration.ofSeconds(180))
                            .until(
                                    () -> server.web().get("/api/health"),
                                    WithoutKafkaTest::isOnlyDegraded);
            assertThat(failure(health).asString()).startsWith("Kafka: ");
            JsonNode document = server.web().get("/v3/api-docs").json();
            Shape.require(
                    document,
                    document.at("/components/schemas/Health"),
                    health.json(),
                    "/api/health");
            assertThat(health.json().at("/relay/topic").asString()).isEqualTo("pms.events");
            assertThat(health.json().at("/relay/state").asString()).isEqualTo("connecting");
        }
    }

    private static boolean isOnlyDegraded(Answer health) {
        return health.status() == 200
                && health.json().path("status").asString().equals("degraded")
                && !failure(health).isNull();
    }

    private static JsonNode failure(Answer health) {
        return health.json().at("/relay/failure");
    }
}
