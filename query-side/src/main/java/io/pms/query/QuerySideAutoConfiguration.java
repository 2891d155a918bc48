package io.pms.query;

import io.pms.log.EventLog;
import io.pms.projection.runtime.Projections;
import io.pms.projection.runtime.ProjectionsAutoConfiguration;
import io.pms.query.activity.Activities;
import io.pms.query.activity.ActivityApi;
import io.pms.query.live.LiveConfiguration;
import io.pms.query.person.PersonApi;
import io.pms.query.project.ProjectApi;
import io.pms.query.projection.ProjectionApi;
import io.pms.query.task.TaskApi;
import io.pms.query.task.TaskLists;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.core.StringRedisTemplate;

/** The query API. */
@AutoConfiguration(after = ProjectionsAutoConfiguration.class)
@Import({
    TaskLists.class,
    TaskApi.class,
    ProjectApi.class,
    PersonApi.class,
    Activities.class,
    ActivityApi.class,
    ProjectionApi.class,
    LiveConfiguration.class
})
public class QuerySideAutoConfiguration {
    @Bean
    Reads reads(StringRedisTemplate redis, Projections projections, EventLog log) {
        return new Reads(redis, projections, log);
    }

    @Bean
    Freshness freshness(Projections projections, EventLog log) {
        return new Freshness(projections, log);
    }

    @Bean
    @ConditionalOnMissingBean
    InstantSource clock() {
        return InstantSource.system();
    }
}
