package io.pms.relay;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What operators do to a relay's topics. */
final class RelayTopics implements AutoCloseable {
    private final Map<String, Object> settings;
    private final Admin admin;

    RelayTopics(String bootstrapServers) {
        this.settings = Map.of("bootstrap.servers", bootstrapServers);
        this.admin = Admin.create(settings);
    }

    private static void await(KafkaFuture<Void> change)
            throws ExecutionException, InterruptedException {
        change.get();
    }

    void make(String topic, int partitions, String cleanupPolicy) throws Exception {
        NewTopic made =
                new NewTopic(topic, Optional.of(partitions), Optional.empty())
                        .configs(Map.of("cleanup.policy", cleanupPolicy));
        await(admin.createTopics(List.of(made)).all());
    }

    void delete(String topic) throws Exception {
        await(admin.deleteTopics(List.of(topic)).all());
    }

    void setPartitions(String topic, int partitions) throws Exception {
        await(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all());
    }

    void setCleanupPolicy(String topic, String policy) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp change =
                new AlterConfigOp(
                        new ConfigEntry("cleanup.policy", policy), AlterConfigOp.OpType.SET);
        await(admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all());
    }

    void write(String topic, byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, RelayPosition.KEY, value)).get();
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
