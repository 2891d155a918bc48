package io.pms.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.embedded.EmbeddedRedis;
import io.pms.embedded.SharedServers;
import io.pms.query.QueryServer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.JsonNode;

class OutageTest {
    private static final String TENANT = "outage";

    private final EmbeddedRedis redis =
            EmbeddedRedis.start(SharedServers.temporary("outage"), 0, List.of());
    private final QueryServer server = new QueryServer(redis);
    private RandomTasks data;
    private List<String> queries;

    @BeforeEach
    void make() {
        data = new RandomTasks(server, TENANT, new Random(1), 15);
        queries =
                List.of(
                        "/api/tasks?limit=200",
                        "/api/tasks?sort=name&status=Done",
                        "/api/tasks/" + data.tasks.get(0),
                        "/api/projects",
                        "/api/projects/" + data.projects.get(0),
                        "/api/people/bob/work",
                        "/api/activity?limit=200");
    }

    @AfterEach
    void stop() {
        server.close();
        redis.close();
    }

    private JsonNode body(String query) {
        return server.getAt(data.position, TENANT, query).body();
    }

    @Test
    void aRedisThatLostAllAnswersThatItIsRebuildingUntilAllIsThereAgain() {
        List<JsonNode> before = queries.stream().map(this::body).toList();
        int refused = 0;
        for (int i = 0; i < 5; i++) {
            StringRedisTemplate template = server.bean(StringRedisTemplate.class);
            template.execute(
                    (RedisCallback<Void>)
                            connection -> {
                                connection.serverCommands().flushAll();
                                return null;
                            });
            for (int q = 0; q < queries.size(); q++)
                refused += refusedUntilEqual(queries.get(q), before.get(q));
        }
        assertThat(refused).isPositive();
    }

    /** Whatever is answered before all is there is a 503 that says when to come again. */
    private int refusedUntilEqual(String query, JsonNode complete) {
        for (int refused = 0; refused < 3_000; refused++) {
            Answer answer = server.get(TENANT, query);
            if (answer.status() == 200) {
                assertThat(answer.body()).as(query).isEqualTo(complete);
                return refused;
            }
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.kind()).isEqualTo("projection-rebuilding");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
            sleep();
        }
        throw new AssertionError("never built again: " + query);
    }

    private static void sleep() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void commandsWorkWhileRedisIsDownAndQueriesAreBackAfterwards() {
        body("/api/tasks");
        redis.kill();
        for (String query : queries) {
            long begin = System.nanoTime();
            Answer answer = server.get(TENANT, query);
            assertThat(answer.status()).as("%s: %s", query, answer.body()).isEqualTo(503);
            assertThat(answer.kind()).isEqualTo("projections-unavailable");
            assertThat(answer.header("Retry-After")).isEqualTo("2");
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(20));
        }
        String made = data.create();
        assertThat(server.getAtOnce(data.position, TENANT, "/api/tasks/" + made).status())
                .isEqualTo(503);
        redis.restart();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> server.get(TENANT, "/api/tasks").status() == 200);
        Answer answer = server.getAt(data.position, TENANT, "/api/tasks/" + made);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        assertThat(body("/api/tasks").path("total").asInt()).isEqualTo(data.tasks.size());
    }

    @Test
    void aRedisWithoutRoomShowsWhatItHasUntilThereIsRoom() {
        JsonNode before = body("/api/tasks");
        memory("1");
        String made = data.create();
        long position = data.position;
        assertThat(server.get(TENANT, "/api/tasks").body().path("items"))
                .isEqualTo(before.path("items"));
        assertThat(server.getAtOnce(position, TENANT, "/api/tasks").kind())
                .isEqualTo("projection-behind");
        await().atMost(Duration.ofSeconds(60)).until(() -> failure().contains("no room"));
        assertThat(tasks().path("complete").asBoolean()).isTrue();
        memory("0");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> server.get(TENANT, "/api/tasks/" + made).status() == 200);
        await().atMost(Duration.ofSeconds(60)).until(() -> failure().isEmpty());
    }

    private JsonNode tasks() {
        return server.get(TENANT, "/api/projections/tasks").body();
    }

    private String failure() {
        return tasks().path("failure").asString("");
    }

    private void memory(String most) {
        server.bean(StringRedisTemplate.class)
                .execute(
                        (RedisCallback<Void>)
                                connection -> {
                                    connection.serverCommands().setConfig("maxmemory", most);
                                    return null;
                                });
    }

    /** It neither answers nor refuses: a query must not wait for long. */
    @Test
    void aRedisThatHangsIsNotWaitedForLong() {
        body("/api/tasks");
        redis.suspend();
        try {
            long begin = System.nanoTime();
            Answer answer = server.get(TENANT, "/api/tasks");
            assertThat(answer.kind()).isEqualTo("projections-unavailable");
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(20));
            server.accepted(TENANT, "CreateProject", Map.of("name", "Meanwhile"));
        } finally {
            redis.resume();
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> server.get(TENANT, "/api/tasks").status() == 200);
    }
}
