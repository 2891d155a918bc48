package io.pms.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.embedded.SharedServers;
import io.pms.log.EventLog;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class RelayAutoConfigurationTest {
    private final RelayRig rig = new RelayRig();
    private final Map<String, Object> variables = new HashMap<>();

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private void run(ContextConsumer<AssertableApplicationContext> test) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(RelayAutoConfiguration.class))
                .withBean(EventLog.class, () -> new StoppableLog(rig.log).reader())
                .withInitializer(context ->
                        context.getEnvironment()
                                .getPropertySources()
                                .addFirst(
                                        new SystemEnvironmentPropertySource(
                                                "test-systemEnvironment", variables)))
                .run(test);
    }

    @Test
    void thereIsARelayOnlyWhereItIsSaidWhereKafkaIs() {
        run(context -> assertThat(context).doesNotHaveBean(Relay.class));
        variables.put("KAFKA_BOOTSTRAP_SERVERS", "");
        run(context -> assertThat(context).doesNotHaveBean(Relay.class));
    }

    @Test
    void everyClientUsesTheVariables() {
        variables.put("KAFKA_BOOTSTRAP_SERVERS", SharedServers.kafka().passwordBootstrapServers());
        variables.put("PMS_KAFKA_TOPIC", rig.names.entries());
        variables.put("PMS_KAFKA_PARTITIONS", "3");
        variables.put("PMS_KAFKA_PROPERTIES_SECURITY_PROTOCOL", "SASL_PLAINTEXT");
        variables.put("PMS_KAFKA_PROPERTIES_SASL_MECHANISM", "PLAIN");
        long last = rig.appendSome(100);
        run(context ->
                await().atMost(RelayRig.LONG)
                        .until(() -> context.getBean(Relay.class).status().failure() != null));
        variables.put(
                "PMS_KAFKA_PROPERTIES_SASL_JAAS_CONFIG",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"pms\" password=\"secret\";");
        run(context -> rig.awaitPublished(context.getBean(Relay.class), last));
        rig.published().isExactly(rig.log);
        assertThat(rig.published().records())
                .extracting(record -> record.partition())
                .contains(0, 1, 2)
                .doesNotContain(3);
    }

    @Test
    void aLogHasATopicOfItsOwn() {
        assertThat(RelayNames.ofLog(0).entries()).isEqualTo("pms.events");
        assertThat(RelayNames.ofLog(12).entries()).isEqualTo("pms.events.12");
    }
}
