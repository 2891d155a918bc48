package io.pms.relay;

import static io.pms.relay.RelayRig.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.relay.RelayStatus.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayRefusalTest {
    private final RelayRig rig = new RelayRig();
    private final RelayTopics operator = new RelayTopics(rig.bootstrapServers);

    @AfterEach
    void close() throws Exception {
        operator.close();
        rig.close();
    }

    private static void refuses(Relay relay, String reason) {
        await().atMost(LONG)
                .untilAsserted(() -> {
                    assertThat(relay.status().failure()).isNotNull().contains(reason);
                    assertThat(relay.status().state()).isEqualTo(State.REFUSED);
                });
    }

    private double gauge(String name) {
        return rig.meters.get("pms.relay." + name).gauge().value();
    }

    @Test
    void anotherNumberOfPartitionsStopsEveryRelayAndTheLagGrows() throws Exception {
        Relay relay = rig.run(rig.log, rig.meters);
        RelayRig.awaitState(relay, State.ACTIVE);
        Relay standby = rig.run();
        long last = rig.appendSome(100);
        rig.awaitPublished(relay, last);
        operator.setPartitions(rig.names.entries(), RelayRig.PARTITIONS + 1);
        refuses(relay, "has 5 partitions and had 4");
        refuses(standby, "has 5 partitions and had 4");
        assertThat(gauge("refused")).isEqualTo(1);
        assertThat(gauge("active")).isZero();
        rig.appendSome(100);
        await().atMost(LONG).until(() -> gauge("lag.events") == 100 && gauge("lag.seconds") > 0);
        assertThat(rig.published().records()).hasSize((int) last + 1);
    }

    @Test
    void itGoesOnByItselfWhenWhatItSaysIsDone() throws Exception {
        long last = rig.appendSome(100);
        try (Relay first = rig.run()) {
            rig.awaitPublished(first, last);
        }
        operator.delete(rig.names.positions());
        Relay relay = rig.run();
        refuses(relay, "delete this one and its position topic");
        operator.delete(rig.names.positions());
        operator.delete(rig.names.entries());
        rig.awaitPublished(relay, last);
        await().atMost(LONG).untilAsserted(() -> assertThat(relay.status().failure()).isNull());
        rig.published().isExactly(rig.log);
    }
}
