package io.pms.relay;

import static io.pms.relay.RelayRig.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.relay.RelayStatus.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayTakeOverTest {
    private final RelayRig rig = new RelayRig();

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private void awaitUncommitted(int count) {
        await().atMost(LONG).until(() -> uncommitted() >= count);
    }

    /** Records of transactions that are under way or were aborted. */
    private int uncommitted() {
        return Published.everything(rig.bootstrapServers, rig.names.entries()).records().size()
                - rig.published().records().size();
    }

    @Test
    void oneOfThemPublishesAndAnotherTakesOverWhenItLeaves() {
        Relay first = rig.run();
        RelayRig.awaitState(first, State.ACTIVE);
        Relay second = rig.run();
        RelayRig.awaitState(second, State.STANDBY);
        long last = rig.appendSome(200);
        rig.awaitPublished(first, last);
        await("the standby knows how far the other is")
                .atMost(LONG)
                .until(() -> second.status().position() == last);
        assertThat(first.status().state()).isEqualTo(State.ACTIVE);
        assertThat(second.status().state()).isEqualTo(State.STANDBY);
        first.close();
        long more = rig.appendSome(200);
        rig.awaitPublished(second, more);
        RelayRig.awaitState(second, State.ACTIVE);
        rig.published().isExactly(rig.log);
    }

    @Test
    void whatIsStoppedOrKilledInTheMiddleOfATransactionIsNotSeen() throws Exception {
        try (RelayProcess sleeper = RelayProcess.start(rig)) {
            await().atMost(LONG).until(() -> sleeper.state() == State.ACTIVE);
            Relay other = rig.run();
            RelayRig.awaitState(other, State.STANDBY);
            sleeper.standStillSoon();
            long last = rig.appendSome(50);
            sleeper.awaitStandstill();
            awaitUncommitted(1);
            sleeper.signal("STOP");
            rig.awaitPublished(other, last);
            int ofTheSleeper = uncommitted();
            sleeper.signal("CONT");
            sleeper.goOn();
            await().atMost(LONG)
                    .until(() ->
                            sleeper.failure().startsWith("another relay has begun to publish"));
            await().atMost(LONG).until(() -> sleeper.state() == State.STANDBY);
            assertThat(other.status().state()).as("nobody fights").isEqualTo(State.ACTIVE);
            assertThat(uncommitted()).isEqualTo(ofTheSleeper);
            rig.published().isExactly(rig.log);

            other.close();
            await().atMost(LONG).until(() -> sleeper.state() == State.ACTIVE);
            sleeper.standStillSoon();
            last = rig.appendSome(50);
            sleeper.awaitStandstill();
            awaitUncommitted(ofTheSleeper + 1);
            sleeper.close();
            rig.awaitPublished(rig.run(), last);
            rig.published().isExactly(rig.log);
        }
    }
}
