package io.pms.projection.runtime;

import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.resource.Delay;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.pms.entry.EventTypes;
import io.pms.event.PersonalTexts;
import io.pms.log.EventLog;
import io.pms.log.LogAutoConfiguration;
import io.pms.log.LogSignal;
import io.pms.projection.ActivityProjection;
import io.pms.projection.PersonProjection;
import io.pms.projection.ProjectProjection;
import io.pms.projection.Projection;
import io.pms.projection.TaskProjection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientConfigurationBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The projections and, unless {@code pms.projections.run} is false, what feeds them. Redis is where
 * {@code spring.data.redis.url} or {@code spring.data.redis.cluster.nodes} says.
 */
@AutoConfiguration(after = {LogAutoConfiguration.class, DataRedisAutoConfiguration.class})
public class ProjectionsAutoConfiguration {
    /** Longer than any script takes, and short enough for a caller who waits. */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private static final Duration LONGEST_RECONNECT = Duration.ofSeconds(1);

    /** A cluster whose nodes tell of a fail-over tells at once; this is for one that could not. */
    private static final Duration LOOK_AT_CLUSTER = Duration.ofSeconds(15);

    /** Redis that hangs is given up soon, unless {@code spring.data.redis.timeout} says when. */
    @Bean
    LettuceClientConfigurationBuilderCustomizer givesUpSoon(DataRedisProperties properties) {
        return client -> {
            if (properties.getTimeout() == null) client.commandTimeout(TIMEOUT);
        };
    }

    /** While there is no connection nothing waits for one: callers are told at once. */
    @Bean
    LettuceClientOptionsBuilderCustomizer rejectsWhileDisconnected() {
        return options -> {
            options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS);
            if (options instanceof ClusterClientOptions.Builder cluster)
                cluster.topologyRefreshOptions(
                        ClusterTopologyRefreshOptions.builder()
                                .enableAllAdaptiveRefreshTriggers()
                                .enablePeriodicRefresh(LOOK_AT_CLUSTER)
                                .build());
        };
    }

    @Bean
    ClientResourcesBuilderCustomizer reconnectsSoon() {
        return resources ->
                resources.reconnectDelay(
                        Delay.exponential(
                                Duration.ofMillis(10),
                                LONGEST_RECONNECT,
                                2,
                                TimeUnit.MILLISECONDS));
    }

    @Bean(initMethod = "start")
    RedisNews redisNews(LettuceConnectionFactory redis) {
        return new RedisNews(redis);
    }

    @Bean
    LogSignal logSignal(RedisNews news) {
        return new RedisLogSignal(news);
    }

    @Bean
    TaskProjection taskProjection() {
        return new TaskProjection();
    }

    @Bean
    ProjectProjection projectProjection() {
        return new ProjectProjection();
    }

    @Bean
    PersonProjection personProjection(PersonalTexts texts) {
        return new PersonProjection(texts);
    }

    @Bean
    ActivityProjection activityProjection() {
        return new ActivityProjection();
    }

    @Bean(initMethod = "start")
    Projections projections(
            List<Projection> projections,
            @Value("${pms.projections.run:true}") boolean run,
            @Value("${pms.projections.grace:1m}") Duration grace,
            EventLog log,
            EventTypes types,
            LettuceConnectionFactory redis,
            RedisNews news,
            ObjectProvider<MeterRegistry> meters) {
        return new Projections(
                projections,
                run,
                grace,
                log,
                types,
                redis,
                news,
                meters.getIfAvailable(() -> Metrics.globalRegistry));
    }
}
