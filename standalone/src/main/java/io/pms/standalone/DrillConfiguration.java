package io.pms.standalone;

import io.micrometer.core.instrument.MeterRegistry;
import io.pms.archive.ArchiveStatus;
import io.pms.archive.Archiver;
import io.pms.objects.ObjectStore;
import io.pms.recovery.DrillHistory;
import io.pms.recovery.DrillMetrics;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Drills, where there is an archive: their metrics, and when they are held by themselves. */
@Configuration
@ConditionalOnProperty("pms.archive.url")
class DrillConfiguration {
    @Bean
    DrillHistory drillHistory(ObjectStore archiveStore) {
        return new DrillHistory(archiveStore);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    DrillMetrics drillMetrics(DrillHistory history, MeterRegistry meters) {
        return new DrillMetrics(history, meters);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    @ConditionalOnProperty("pms.drill.every")
    @ConditionalOnBooleanProperty(name = "pms.archive.run", matchIfMissing = true)
    DrillSchedule drillSchedule(
            DrillHistory history,
            ArchiveStatus status,
            Archiver archiver,
            @Value("${pms.drill.every}") Duration every,
            @Value("${server.port}") int port,
            @Value("${DATABASE_URL:}") String database,
            @Value("${pms.data:.}") Path data) {
        boolean isEmbedded = database.isEmpty() && LogPlace.isIn(data);
        return new DrillSchedule(
                history, status, every, port, isEmbedded ? data : null, archiver::verifierKeys);
    }
}
