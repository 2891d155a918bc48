package io.pms.relay;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_BYTES_CONFIG;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What is asked of a cluster about topics. Each answer takes as long as a client waits at most. */
final class KafkaTopics implements AutoCloseable {
    /** A topic that was made is not known to every broker at once. */
    private static final int LOOKS_FOR_A_NEW_TOPIC = 100;

    private static final long LOOK_AGAIN_MILLIS = 50;

    /**
     * The least that brokers allow. Only full segments are compacted, so they must not be large.
     */
    private static final String SMALL_SEGMENT = String.valueOf(1 << 20);

    private final Admin admin;

    KafkaTopics(Admin admin) {
        this.admin = admin;
    }

    /** How many partitions a topic has; empty when there is no such topic. */
    OptionalInt partitions(String topic) {
        try {
            return answer(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
                    .mapToInt(found -> found.partitions().size())
                    .findFirst();
        } catch (UnknownTopicOrPartitionException e) {
            return OptionalInt.empty();
        }
    }

    /** Makes a topic with the brokers' settings; that another relay has made it will do. */
    void create(String topic, int partitions) {
        create(new NewTopic(topic, Optional.of(partitions), Optional.empty()));
    }

    /** The same for one partition that keeps the last record of each key for ever. */
    void createCompacted(String topic) {
        create(
                new NewTopic(topic, Optional.of(1), Optional.empty())
                        .configs(
                                Map.of(
                                        CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT,
                                        SEGMENT_BYTES_CONFIG, SMALL_SEGMENT)));
    }

    private void create(NewTopic topic) {
        try {
            answer(admin.createTopics(List.of(topic)).all());
        } catch (TopicExistsException e) {
            // another relay was first
        }
        for (int look = 0; partitions(topic.name()).isEmpty(); look++) {
            if (look == LOOKS_FOR_A_NEW_TOPIC)
                throw new KafkaException("made " + topic.name() + ", but no broker knows it");
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** For example {@code delete} or {@code compact}. */
    String cleanupPolicy(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return answer(admin.describeConfigs(List.of(resource)).all()).values().stream()
                .map(config -> config.get(CLEANUP_POLICY_CONFIG).value())
                .findFirst()
                .orElse("");
    }

    /** Where a partition ends, open transactions included. */
    long end(TopicPartition partition) {
        return ends(List.of(partition)).findFirst().orElseThrow();
    }

    /** Whether nothing was ever written to it; what retention has deleted counts as written. */
    boolean isUntouched(String topic, int partitions) {
        List<TopicPartition> all =
                IntStream.range(0, partitions)
                        .mapToObj(each -> new TopicPartition(topic, each))
                        .toList();
        return ends(all).allMatch(end -> end == 0);
    }

    private LongStream ends(List<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (TopicPartition partition : partitions) latest.put(partition, OffsetSpec.latest());
        return answer(admin.listOffsets(latest).all()).values().stream()
                .mapToLong(ListOffsetsResultInfo::offset);
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
