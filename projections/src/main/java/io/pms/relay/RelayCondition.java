package io.pms.relay;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Whether it is said where Kafka is. */
final class RelayCondition implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return bootstrapServers(context.getEnvironment()) != null;
    }

    /** {@code pms.kafka.bootstrap-servers}, else {@code KAFKA_BOOTSTRAP_SERVERS}; null if empty. */
    static @Nullable String bootstrapServers(Environment environment) {
        String own = environment.getProperty("pms.kafka.bootstrap-servers");
        String servers = own != null ? own : environment.getProperty("KAFKA_BOOTSTRAP_SERVERS");
        return StringUtils.hasText(servers) ? servers : null;
    }
}
