package io.pms.projection.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.embedded.EmbeddedDatabase;
import io.pms.embedded.EmbeddedServer;
import io.pms.embedded.SharedServers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing happens in these systems but that a server dies and comes back. */
class OutageTest {
    private static final Duration LONG = Duration.ofSeconds(120);

    private final EmbeddedDatabase database =
            SharedServers.startDatabase(SharedServers.temporary("outage"), List.of());
    private final TestRig rig = TestRig.single(TestRig.log(database));
    private final Projections running = rig.run();

    @AfterEach
    void close() throws Exception {
        rig.close();
        database.close();
    }

    @Test
    void projectionsAreWellAgainWithoutAnyEventWhenTheDatabaseIsBack() {
        areWellAgainAfterTheDeathOf(database);
    }

    @Test
    void projectionsAreWellAgainWithoutAnyEventWhenRedisIsBack() {
        areWellAgainAfterTheDeathOf(rig.servers.getFirst());
    }

    private void areWellAgainAfterTheDeathOf(EmbeddedServer server) {
        awaitWell();
        server.kill();
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(running.status()).allMatch(status -> status.failure() != null));
        server.restart();
        awaitWell();
    }

    private void awaitWell() {
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(running.status())
                                .isNotEmpty()
                                .allMatch(status -> status.complete())
                                .allMatch(status -> status.failure() == null));
    }
}
