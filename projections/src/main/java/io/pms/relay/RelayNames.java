package io.pms.relay;

import org.apache.kafka.common.TopicPartition;

/**
 * What one log's relay is called in Kafka. All names begin with the topic's, so that one prefix
 * grants the rights to all of them.
 *
 * @param entries the topic that the entries go to
 */
record RelayNames(String entries) {
    private static final String DEFAULT = "pms.events";

    /** Each log has a topic of its own: its positions are its own too. */
    static RelayNames ofLog(int logId) {
        return new RelayNames(logId == 0 ? DEFAULT : DEFAULT + "." + logId);
    }

    /** The topic that says how far the log is published. */
    String positions() {
        return entries + ".position";
    }

    /** Its only partition: whoever the group assigns it to publishes. */
    TopicPartition position() {
        return new TopicPartition(positions(), 0);
    }

    String group() {
        return entries + ".relay";
    }

    /** The same for every relay of a log: whoever begins to publish fences the others by it. */
    String transactionalId() {
        return entries + ".relay";
    }
}
