package io.pms.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.entry.Entry;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing is published where it would not be once and in order, and it is said what to do. */
class RelayChecksTest {
    private final RelayRig rig = new RelayRig();
    private final RelayTopics operator = new RelayTopics(rig.bootstrapServers);
    private final String entries = rig.names.entries();
    private final String positions = rig.names.positions();
    private final KafkaClients clients = rig.clients();
    private final KafkaTopics topics = new KafkaTopics(clients.admin());
    private final RelayChecks checks =
            new RelayChecks(rig.log, clients, topics, rig.names, RelayRig.PARTITIONS);

    @AfterEach
    void close() throws Exception {
        topics.close();
        operator.close();
        rig.close();
    }

    private RelayPosition start() {
        checks.requirePositionTopic();
        try (CommittedPosition committed =
                new CommittedPosition(clients.reader(), rig.names.position())) {
            assertThat(checks.startAlone(committed)).isEqualTo(checks.start(committed));
            return checks.start(committed);
        }
    }

    private void refuses(String... reasons) {
        assertThatThrownBy(this::start)
                .isInstanceOf(RelayRefusedException.class)
                .message()
                .contains(reasons);
    }

    private RelayPosition position(long position) {
        return new RelayPosition(rig.log.head().origin(), position, null, RelayRig.PARTITIONS);
    }

    /** As a relay leaves it. */
    private void published(RelayPosition position) throws Exception {
        checks.requirePositionTopic();
        topics.create(entries, RelayRig.PARTITIONS);
        operator.write(entries, new byte[0]);
        operator.write(positions, position.bytes());
    }

    @Test
    void beginsWithTheFirstEventAndMakesTheTopics() {
        assertThat(start()).isEqualTo(position(-1));
        assertThat(topics.partitions(entries)).hasValue(RelayRig.PARTITIONS);
        assertThat(topics.partitions(positions)).hasValue(1);
        assertThat(topics.cleanupPolicy(positions)).isEqualTo("compact");
    }

    @Test
    void takesATopicThatIsThereWithItsPartitions() throws Exception {
        operator.make(entries, 7, "delete");
        assertThat(start().partitions()).isEqualTo(7);
    }

    @Test
    void goesOnWhereTheLastRecordSays() throws Exception {
        long last = rig.appendSome(10);
        published(position(last - 5));
        operator.write(positions, position(last - 3).bytes());
        assertThat(start()).isEqualTo(position(last - 3));
    }

    @Test
    void refusesAnotherNumberOfPartitions() throws Exception {
        published(position(rig.appendSome(1)));
        operator.setPartitions(entries, RelayRig.PARTITIONS + 1);
        refuses("has 5 partitions and had 4", "PMS_KAFKA_TOPIC", "delete this one");
    }

    @Test
    void refusesTheTopicOfAnotherLog() throws Exception {
        published(new RelayPosition("another", 0, null, RelayRig.PARTITIONS));
        refuses("has the events of log another", rig.log.head().origin(), "a topic of its own");
    }

    @Test
    void refusesToGoOnWithADatabaseThatIsOlderThanWhatWasPublished() throws Exception {
        long size = rig.appendSome(1) + 1;
        published(position(size));
        refuses("position " + size, "has only " + size + " events", "Bring the missing events");
    }

    @Test
    void refusesALogThatHasAnotherEventWhereTheLastOneWasPublished() throws Exception {
        long last = rig.appendSome(2);
        List<Entry> stored = rig.log.read(last - 1, 2);
        published(position(-1).at(stored.getLast()));
        assertThat(start().position()).isEqualTo(last);
        RelayPosition other = position(-1).at(stored.getFirst());
        operator.write(
                positions,
                new RelayPosition(other.origin(), last, other.entry(), other.partitions()).bytes());
        refuses("position " + last + " of the log is not the event that was published");
    }

    @Test
    void refusesEventsWithoutAPosition() throws Exception {
        published(position(rig.appendSome(1)));
        operator.delete(positions);
        refuses(entries + " holds events, but " + positions + " does not say which");
    }

    @Test
    void refusesAPositionWithoutItsEvents() throws Exception {
        long last = rig.appendSome(1);
        published(position(last));
        operator.delete(entries);
        refuses(entries + " is gone");
        operator.make(entries, RelayRig.PARTITIONS, "delete");
        refuses(entries + " is empty, but", "events until " + last + " were published");
    }

    @Test
    void refusesAPositionThatNoRelayWrote() throws Exception {
        published(position(rig.appendSome(1)));
        for (String rubbish : new String[] {"", "7", "{\"position\":7}", "{\"origin\":"}) {
            operator.write(positions, rubbish.getBytes());
            refuses("was not written by a relay");
        }
        operator.write(positions, null);
        refuses("was not written by a relay");
    }

    @Test
    void refusesAPositionTopicThatMayLoseThePosition() throws Exception {
        operator.make(positions, 1, "compact,delete");
        refuses("has cleanup.policy=compact,delete", "set it to compact");
        operator.setCleanupPolicy(positions, "compact");
        assertThat(start()).isEqualTo(position(-1));
    }

    @Test
    void refusesAPositionTopicThatTwoCouldShare() throws Exception {
        operator.make(positions, 2, "compact");
        refuses("has 2 partitions and must have one");
    }
}
