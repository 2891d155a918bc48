package io.pms.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.pms.embedded.EmbeddedRedis;
import io.pms.embedded.SharedServers;
import io.pms.query.QueryServer.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class LiveBackpressureTest {
    private static final QueryServer SERVER = LiveServers.small();

    /** A few of them fill all buffers on the way to a client that does not read. */
    private static final String LONG_TEXT = "€".repeat(10_000);

    private final MeterRegistry meters = SERVER.bean(MeterRegistry.class);

    private static String task(QueryServer at) {
        String project = at.accepted("slow", "CreateProject", Map.of("name", "Bridge")).id();
        return at.accepted("slow", "CreateTask", Map.of("projectId", project, "name", "Dig")).id();
    }

    private static long comment(QueryServer at, String task) {
        return at.accepted("slow", "CommentOnTask", Map.of("taskId", task, "text", LONG_TEXT))
                .position();
    }

    private static double count(QueryServer at, String counter) {
        return at.bean(MeterRegistry.class).get(counter).counter().count();
    }

    @Test
    void whoReadsTooSlowlyForTheRingStillGetsEverythingInOrder() throws IOException {
        String task = task(SERVER);
        double before = count(SERVER, "pms.live.catchups");
        try (LiveClient slow = LiveClient.open(SERVER, "slow", "?task=" + task)) {
            List<Long> expected = new ArrayList<>();
            List<Long> seen = new ArrayList<>();
            for (int i = 0; i < 2 * LiveServers.RING_ENTRIES; i++) {
                expected.add(comment(SERVER, task));
                if (i % 5 == 0) seen.add(slow.nextEvent().id());
            }
            seen.addAll(slow.idsUntil(expected.getLast()));
            assertThat(seen).isEqualTo(expected);
        }
        assertThat(count(SERVER, "pms.live.catchups")).isGreaterThan(before);
    }

    @Test
    void whoReadsNothingIsHungUpOnAndOthersDoNotNotice() throws IOException {
        try (EmbeddedRedis redis = LiveServers.redis();
                QueryServer server =
                        new QueryServer(
                                redis,
                                SharedServers.freshDatabase(),
                                LiveServers.bounds(LiveServers.STALL))) {
            String task = task(server);
            try (LiveClient none = LiveClient.open(server, "slow", "");
                    LiveClient other = LiveClient.open(server, "slow", "?task=" + task)) {
                for (int i = 0; i < 30; i++) {
                    long position = comment(server, task);
                    assertThat(other.nextEvent().id()).isEqualTo(position);
                }
                await().until(() -> count(server, "pms.live.stalled") == 1);
                assertThat(none.ends()).isTrue();
                long position = comment(server, task);
                assertThat(other.nextEvent().id()).isEqualTo(position);
            }
        }
    }

    @Test
    void asManyAsThereMayBeAreServedAndTheirPlacesAreTakenByOthersWhenTheyGo() throws IOException {
        await().until(() -> meters.get("pms.live.clients").gauge().value() == 0);
        List<LiveClient> clients = new ArrayList<>();
        for (int i = 0; i < LiveServers.MAX_CLIENTS; i++)
            clients.add(LiveClient.open(SERVER, "many:" + i, ""));
        Answer refused = SERVER.get("many", "/api/live");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.kind()).isEqualTo("too-many-clients");
        assertThat(refused.header("Retry-After")).isEqualTo("10");
        await().until(() ->
                meters.get("pms.live.clients").gauge().value() == LiveServers.MAX_CLIENTS);
        clients.forEach(LiveClient::close);
        await().until(() -> meters.get("pms.live.clients").gauge().value() == 0);
        try (LiveClient client = LiveClient.open(SERVER, "many", "")) {
            assertThat(client.next().isEvent()).isFalse();
        }
    }
}
