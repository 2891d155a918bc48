package io.pms.relay;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.pms.log.EventLog;
import io.pms.log.LogAutoConfiguration;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/**
 * The relay, where {@code pms.kafka.bootstrap-servers} or {@code KAFKA_BOOTSTRAP_SERVERS} says
 * where Kafka is. Starting does not wait for Kafka.
 */
@AutoConfiguration(after = LogAutoConfiguration.class)
@Conditional(RelayCondition.class)
@EnableConfigurationProperties(RelayProperties.class)
public class RelayAutoConfiguration {
    @Bean(initMethod = "start")
    Relay relay(
            RelayProperties properties,
            Environment environment,
            EventLog log,
            ObjectProvider<MeterRegistry> meters) {
        String servers = Objects.requireNonNull(RelayCondition.bootstrapServers(environment));
        return new Relay(
                log,
                new KafkaClients(servers, properties.properties()),
                properties.topic() == null
                        ? RelayNames.ofLog(log.head().logId())
                        : new RelayNames(properties.topic()),
                properties.partitions(),
                InstantSource.system(),
                meters.getIfAvailable(() -> Metrics.globalRegistry));
    }
}
