package io.pms.relay;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where and how the log is published.
 *
 * @param bootstrapServers of the Kafka cluster; {@code KAFKA_BOOTSTRAP_SERVERS} when it is absent
 * @param topic that the entries go to; when it is absent {@code pms.events}, and {@code
 *     pms.events.<id>} for a log with another id than 0
 * @param partitions of the topic where the relay makes it
 * @param properties that every Kafka client gets, for example {@code security.protocol}
 */
@ConfigurationProperties("pms.kafka")
public record RelayProperties(
        @Nullable String bootstrapServers,
        @Nullable String topic,
        @DefaultValue("12") int partitions,
        @DefaultValue Map<String, String> properties) {
    public RelayProperties {
        if (partitions < 1)
            throw new IllegalArgumentException(
                    "a topic has at least one partition (PMS_KAFKA_PARTITIONS), not " + partitions);
        properties = Map.copyOf(properties);
    }
}
