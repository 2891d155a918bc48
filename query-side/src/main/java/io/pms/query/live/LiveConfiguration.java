package io.pms.query.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.pms.event.PersonalTexts;
import io.pms.log.EventLog;
import io.pms.projection.ActivityProjection;
import io.pms.query.Reads;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/** Live updates. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LiveProperties.class)
@Import(LiveApi.class)
public class LiveConfiguration {
    @Bean
    LiveStreams liveStreams(
            LiveProperties properties,
            EventLog log,
            Reads reads,
            ActivityProjection projection,
            JsonMapper json,
            PersonalTexts texts,
            ObjectProvider<MeterRegistry> meters) {
        Frames frames = new Frames(json, texts);
        return new LiveStreams(
                properties,
                log,
                new CatchUp(reads, projection, log, frames),
                new Ring(frames, properties.ringEntries(), properties.ringBytes()),
                meters.getIfAvailable(() -> Metrics.globalRegistry));
    }
}
