package io.pms.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.embedded.EmbeddedRedis;
import io.pms.embedded.SharedServers;
import io.pms.query.LiveClient.Block;
import io.pms.query.QueryServer.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class LiveOutageTest {
    private static final String TENANT = "outage";
    private static final String LONG_TEXT = "€".repeat(10_000);

    private final EmbeddedRedis redis = LiveServers.redis();
    private final SharedServers.Database database = SharedServers.freshDatabase();
    private QueryServer server = start();
    private final String task = task();

    private QueryServer start() {
        Map<String, Object> properties = new HashMap<>(LiveServers.bounds(LiveServers.NEVER));
        // Longer than the end may take: streams that did not end would be waited for.
        properties.put("spring.lifecycle.timeout-per-shutdown-phase", "60s");
        return new QueryServer(redis, database, properties);
    }

    @AfterEach
    void stop() {
        server.close();
        redis.close();
    }

    private String task() {
        String project = server.accepted(TENANT, "CreateProject", Map.of("name", "Bridge")).id();
        return server.accepted(TENANT, "CreateTask", Map.of("projectId", project, "name", "Dig"))
                .id();
    }

    private long comment() {
        return server.accepted(TENANT, "CommentOnTask", Map.of("taskId", task, "text", LONG_TEXT))
                .position();
    }

    @Test
    void whileRedisIsAwayStreamsGoOnExceptForThoseThatNeedToCatchUpWhichWait() throws IOException {
        List<Long> expected = new ArrayList<>();
        List<Long> seen = new ArrayList<>();
        try (LiveClient slow = LiveClient.open(server, TENANT, "?task=" + task)) {
            redis.kill();
            try (LiveClient quick = LiveClient.open(server, TENANT, "")) {
                for (int i = 0; i < 2 * LiveServers.RING_ENTRIES; i++) {
                    expected.add(comment());
                    assertThat(quick.nextEvent().id()).isEqualTo(expected.getLast());
                }
            }
            Answer far = server.get(TENANT, "/api/live", "Last-Event-ID", "0");
            assertThat(far.kind()).isEqualTo("projections-unavailable");
            assertThat(far.header("Retry-After")).isEqualTo("2");
            boolean isIdle = false;
            while (!isIdle) {
                Block block = slow.next();
                isIdle = !block.isEvent() && !seen.isEmpty();
                if (block.isEvent()) seen.add(block.id());
            }
            assertThat(seen.size()).isLessThan(expected.size());
            redis.restart();
            seen.addAll(slow.idsUntil(expected.getLast()));
        }
        assertThat(seen).isEqualTo(expected);
        await().until(() -> server.get(TENANT, "/api/activity").status() == 200);
    }

    @Test
    void aProcessThatStopsEndsItsStreamsAtOnceAndItsSuccessorGoesOnWithThem() throws IOException {
        LiveClient client = LiveClient.open(server, TENANT, "?task=" + task);
        LiveClient none = LiveClient.open(server, TENANT, "");
        List<Long> expected = new ArrayList<>();
        List<Long> seen = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            expected.add(comment());
            seen.add(client.nextEvent().id());
        }
        long begin = System.nanoTime();
        server.stop("liveStreams");
        for (int i = 0; i < 10; i++)
            try (LiveClient late = LiveClient.open(server, TENANT, "")) {
                assertThat(late.next().isEvent()).isFalse();
                assertThat(late.next()).isNull();
            }
        server.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(25));
        for (Block block = client.next(); block != null; block = client.next())
            assertThat(block.isEvent()).isFalse();
        assertThat(none.ends()).isTrue();
        server = start();
        for (int i = 0; i < 2 * LiveServers.RING_ENTRIES; i++) expected.add(comment());
        try (LiveClient again = client.again(server, TENANT, "?task=" + task)) {
            for (int i = 0; i < 5; i++) expected.add(comment());
            seen.addAll(again.idsUntil(expected.getLast()));
        }
        assertThat(seen).isEqualTo(expected);
    }
}
