package io.pms.log.policy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogProperties;
import io.pms.log.MysqlEventLog;
import java.time.InstantSource;
import java.util.UUID;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Runs policies, unless {@code pms.policies.run} is false: every bean with event handlers, and
 * every {@link DeadlineHandler}.
 */
@AutoConfiguration(
        after = io.pms.log.axon.AxonLogAutoConfiguration.class,
        beforeName = {
            "org.axonframework.springboot.autoconfig.AxonAutoConfiguration",
            "org.axonframework.springboot.autoconfig.EventProcessingAutoConfiguration"
        })
@ConditionalOnBean(MysqlEventLog.class)
@ConditionalOnBooleanProperty(name = "pms.policies.run", matchIfMissing = true)
@EnableConfigurationProperties(PolicyProperties.class)
public class PolicyAutoConfiguration {
    private static final TokenSchema TOKENS =
            TokenSchema.builder()
                    .setTokenTable("policy_token")
                    .setProcessorNameColumn("processor")
                    .setSegmentColumn("segment")
                    .setTokenColumn("token")
                    .setTokenTypeColumn("type")
                    .setTimestampColumn("time")
                    .setOwnerColumn("owner")
                    .build();

    @Bean
    PolicyNames policyNames(LogProperties properties) {
        return new PolicyNames(properties.id());
    }

    /** After the log, which brings the database up to date. */
    @Bean
    PolicyDatabase policyDatabase(DatabaseUrl url, LogProperties properties, MysqlEventLog log) {
        return new PolicyDatabase(url, properties.id());
    }

    @Bean
    PolicyFailures policyFailures(ObjectProvider<MeterRegistry> meters) {
        return new PolicyFailures(meters.getIfAvailable(() -> Metrics.globalRegistry));
    }

    @Bean
    TokenStore tokenStore(
            PolicyDatabase database, Serializer serializer, PolicyProperties properties) {
        return JdbcTokenStore.builder()
                .connectionProvider(new SpringDataSourceConnectionProvider(database.connections()))
                .schema(TOKENS)
                .serializer(serializer)
                .claimTimeout(properties.claimTimeout())
                .nodeId(UUID.randomUUID().toString())
                .build();
    }

    @Bean
    ConfigurerModule policyProcessors(
            PolicyNames names,
            PolicyDatabase database,
            PolicyProperties properties,
            PolicyFailures failures) {
        return new PolicyProcessors(
                names, new SpringTransactionManager(database.transactions()), properties, failures);
    }

    @Bean
    Deadlines deadlines(PolicyDatabase database, PolicyNames names) {
        return new Deadlines(database, names);
    }

    @Bean
    DeadlineScheduler deadlineScheduler(
            PolicyDatabase database,
            PolicyNames names,
            ObjectProvider<DeadlineHandler<?>> handlers,
            PolicyFailures failures,
            ObjectProvider<InstantSource> clock,
            PolicyProperties properties) {
        return new DeadlineScheduler(
                database,
                names,
                handlers.orderedStream().toList(),
                failures,
                clock.getIfAvailable(InstantSource::system),
                properties.pollInterval());
    }

    @Bean
    Policies policies(
            Configuration axon,
            PolicyNames names,
            PolicyFailures failures,
            MysqlEventLog log,
            ObjectProvider<MeterRegistry> meters) {
        return new Policies(
                axon,
                names,
                failures,
                log::knownSize,
                meters.getIfAvailable(() -> Metrics.globalRegistry));
    }
}
