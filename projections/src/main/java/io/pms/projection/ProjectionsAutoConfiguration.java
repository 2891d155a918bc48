package io.pms.projection;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.pms.entry.EventTypes;
import io.pms.log.EventLog;
import io.pms.log.LogAutoConfiguration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * The projections and, unless {@code pms.projections.run} is false, their workers. Redis is where
 * {@code spring.data.redis.url} says.
 */
@AutoConfiguration(after = {LogAutoConfiguration.class, DataRedisAutoConfiguration.class})
public class ProjectionsAutoConfiguration {
    @Bean
    TaskProjection taskProjection() {
        return new TaskProjection();
    }

    @Bean
    ProjectProjection projectProjection() {
        return new ProjectProjection();
    }

    @Bean
    PersonProjection personProjection() {
        return new PersonProjection();
    }

    @Bean
    ActivityProjection activityProjection() {
        return new ActivityProjection();
    }

    @Bean(initMethod = "start")
    Projections projections(
            List<Projection> projections,
            @Value("${pms.projections.run:true}") boolean run,
            EventLog log,
            EventTypes types,
            StringRedisTemplate redis,
            ObjectProvider<MeterRegistry> meters) {
        return new Projections(
                projections,
                run,
                log,
                types,
                redis,
                meters.getIfAvailable(() -> Metrics.globalRegistry));
    }
}
