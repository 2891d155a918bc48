package io.pms.relay;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes the clients. The user's properties go to all of them and replace limits and times, but not
 * what the relay's guarantees rest on.
 */
final class KafkaClients {
    /** A request without an answer is repeated after this. */
    private static final int REQUEST_MILLIS = 5_000;

    /** So long a broker may be away without a failure: most restarts and elections take less. */
    private static final int GIVE_UP_MILLIS = 10_000;

    /**
     * Longer than sending and committing may take together, so that no transaction is ended under a
     * slow broker. One that was left open holds up consumers for so long, unless a relay begins to
     * publish before.
     */
    private static final int TRANSACTION_MILLIS = 30_000;

    /** A relay that has died is replaced after this: the least that brokers allow by default. */
    private static final int SESSION_MILLIS = 6_000;

    /** So soon a standby hears that the active relay has left. */
    private static final int HEARTBEAT_MILLIS = 1_000;

    /** A relay that lives but hangs is replaced after this; a round takes less. */
    private static final int ROUND_MILLIS = 60_000;

    /** What brokers take by default; the largest entry is a sixteenth of it. */
    private static final int MAX_REQUEST_BYTES = 1 << 20;

    private static final int PARTITION_BATCH_BYTES = 128 << 10;

    /** What else is asked of a broker meanwhile waits behind a request for records. */
    private static final int FETCH_MILLIS = 50;

    private final String bootstrapServers;
    private final Map<String, String> properties;

    KafkaClients(String bootstrapServers, Map<String, String> properties) {
        this.bootstrapServers = bootstrapServers;
        this.properties = properties;
    }

    Admin admin() {
        return Admin.create(
                settings(
                        Map.of(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, GIVE_UP_MILLIS),
                        Map.of()));
    }

    /** Sees committed records only, of the partitions that it is given. */
    Consumer<byte[], byte[]> reader() {
        return new KafkaConsumer<>(
                settings(
                        consumerLimits(),
                        Map.of(
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                                false,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "none")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /**
     * A member of the group that elects the active relay; what it consumes is of no interest. Who
     * joins takes nothing away from who publishes.
     */
    Consumer<byte[], byte[]> member(String group) {
        Map<String, Object> limits = consumerLimits();
        limits.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        limits.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
        limits.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, ROUND_MILLIS);
        return new KafkaConsumer<>(
                settings(
                        limits,
                        Map.of(
                                ConsumerConfig.GROUP_ID_CONFIG,
                                group,
                                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                                CooperativeStickyAssignor.class.getName(),
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                                false,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "latest")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    Producer<byte[], byte[]> producer(String transactionalId) {
        Map<String, Object> limits = new HashMap<>();
        limits.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, GIVE_UP_MILLIS);
        limits.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, GIVE_UP_MILLIS);
        limits.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
        limits.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        limits.put(ProducerConfig.BATCH_SIZE_CONFIG, PARTITION_BATCH_BYTES);
        return new KafkaProducer<>(
                settings(
                        limits,
                        Map.of(
                                ProducerConfig.ACKS_CONFIG,
                                "all",
                                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                                true,
                                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                transactionalId)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static Map<String, Object> consumerLimits() {
        Map<String, Object> limits = new HashMap<>();
        limits.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, GIVE_UP_MILLIS);
        limits.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_MILLIS);
        return limits;
    }

    private Map<String, Object> settings(Map<String, Object> limits, Map<String, Object> fixed) {
        Map<String, Object> all = new HashMap<>();
        all.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        all.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        all.putAll(limits);
        all.putAll(properties);
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        all.putAll(fixed);
        return all;
    }
}
