package io.pms.relay;

import io.pms.log.EventLog;
import io.pms.log.Head;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What must be so, that each event comes once and those of an aggregate in order. Topics that are
 * not there are made; what is otherwise is refused.
 */
final class RelayChecks {
    private static final String PUBLISH_ANEW =
            ". To publish everything anew, name another topic (PMS_KAFKA_TOPIC), or delete this one and its position topic";

    private final EventLog log;
    private final KafkaClients clients;
    private final KafkaTopics topics;
    private final RelayNames names;
    private final int newPartitions;

    RelayChecks(
            EventLog log,
            KafkaClients clients,
            KafkaTopics topics,
            RelayNames names,
            int newPartitions) {
        this.log = log;
        this.clients = clients;
        this.topics = topics;
        this.names = names;
        this.newPartitions = newPartitions;
    }

    /** The topic that says how far the log is published, which retention must not touch. */
    void requirePositionTopic() {
        if (topics.partitions(names.positions()).isEmpty())
            topics.createCompacted(names.positions());
        requireOnePartition();
        String policy = topics.cleanupPolicy(names.positions());
        if (!policy.equals("compact"))
            throw new RelayRefusedException(
                    "%s has cleanup.policy=%s, under which the position can be lost; set it to compact"
                            .formatted(names.positions(), policy));
    }

    private void requireOnePartition() {
        int partitions = topics.partitions(names.positions()).orElse(0);
        if (partitions != 1)
            throw refused(
                    "%s has %d partitions and must have one"
                            .formatted(names.positions(), partitions));
    }

    /**
     * Where publishing goes on, while others may publish.
     *
     * @throws RelayRefusedException when it must not
     */
    RelayPosition start(CommittedPosition committed) {
        return start(committed, committed.look());
    }

    /** The same for one that has fenced the others: what they had under way is waited for. */
    RelayPosition startAlone(CommittedPosition committed) {
        return start(committed, committed.look(topics.end(names.position())));
    }

    private RelayPosition start(CommittedPosition committed, @Nullable RelayPosition recorded) {
        if (recorded == null) return first(committed);
        require(recorded);
        if (topics.areUntouched(names.partitions(recorded.partitions())))
            throw refused(
                    "%s is empty, but %s says that events until %d were published to it"
                            .formatted(names.entries(), names.positions(), recorded.position()));
        return recorded;
    }

    private RelayPosition first(CommittedPosition committed) {
        if (topics.partitions(names.entries()).isEmpty())
            topics.create(names.entries(), newPartitions);
        int partitions = topics.partitions(names.entries()).orElseThrow();
        if (holdEvents(names.partitions(partitions))) {
            // A transaction comes to its end partition by partition: that of the very first events
            // may just do so.
            RelayPosition recorded = committed.look(topics.end(names.position()));
            if (recorded != null) return start(committed, recorded);
            throw refused(
                    "%s holds events, but %s does not say which"
                            .formatted(names.entries(), names.positions()));
        }
        return new RelayPosition(log.head().origin(), -1, null, partitions);
    }

    private boolean holdEvents(List<TopicPartition> partitions) {
        if (topics.areUntouched(partitions)) return false;
        try (Consumer<byte[], byte[]> reader = clients.reader()) {
            return CommittedEvents.exist(reader, partitions);
        }
    }

    /** That nothing has changed under somebody who publishes, or waits to. */
    void requireUnchanged(RelayPosition published) {
        requireOnePartition();
        require(published);
    }

    private void require(RelayPosition published) {
        OptionalInt partitions = topics.partitions(names.entries());
        if (partitions.isEmpty())
            throw refused("%s is gone, to which events were published".formatted(names.entries()));
        if (partitions.getAsInt() != published.partitions())
            throw refused(
                    "%s has %d partitions and had %d when events were published to it first: those of one aggregate would come out of order"
                            .formatted(
                                    names.entries(),
                                    partitions.getAsInt(),
                                    published.partitions()));
        requireLog(published, log.head());
    }

    private void requireLog(RelayPosition published, Head head) {
        if (!published.origin().equals(head.origin()))
            throw refused(
                    "%s has the events of log %s, and this is log %s: each needs a topic of its own"
                            .formatted(names.entries(), published.origin(), head.origin()));
        if (published.position() >= head.size())
            throw refused(
                    "position %d was published to %s, but the log has only %d events: this database is older than what was published. Bring the missing events back"
                            .formatted(published.position(), names.entries(), head.size()));
        if (published.position() >= 0 && !isThere(published))
            throw refused(
                    "position %d of the log is not the event that was published to %s: the log has lost events, and others have taken their place"
                            .formatted(published.position(), names.entries()));
    }

    private boolean isThere(RelayPosition published) {
        return log.read(published.position(), 1).stream().allMatch(published::isAt);
    }

    private static RelayRefusedException refused(String what) {
        return new RelayRefusedException(what + PUBLISH_ANEW);
    }
}
