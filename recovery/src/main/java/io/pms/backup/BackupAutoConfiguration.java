package io.pms.backup;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogAutoConfiguration;
import io.pms.log.MysqlEventLog;
import io.pms.objects.ObjectStore;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Backs the database up, where there is {@code PMS_BACKUP_URL}. */
@AutoConfiguration(after = LogAutoConfiguration.class)
@ConditionalOnBean(MysqlEventLog.class)
@ConditionalOnProperty("pms.backup.url")
@ConditionalOnBooleanProperty(name = "pms.backup.run", matchIfMissing = true)
@EnableConfigurationProperties(BackupProperties.class)
public class BackupAutoConfiguration {
    @Bean
    BackupStatus backupStatus(
            BackupProperties properties,
            ObjectProvider<InstantSource> clock,
            ObjectProvider<MeterRegistry> meters) {
        BackupStatus status =
                new BackupStatus(clock.getIfAvailable(InstantSource::system), properties.every());
        BackupMetrics.register(status, meters.getIfAvailable(() -> Metrics.globalRegistry));
        return status;
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    BackupSchedule backupSchedule(
            BackupProperties properties,
            DatabaseUrl database,
            MysqlEventLog afterMigration,
            BackupStatus status,
            ObjectProvider<InstantSource> clock) {
        InstantSource time = clock.getIfAvailable(InstantSource::system);
        ObjectStore store =
                ObjectStore.open(String.valueOf(properties.url()), properties.settings());
        return new BackupSchedule(
                new Backups(store, time),
                database,
                properties.every(),
                new BackupRetention(properties.keep()),
                time,
                status);
    }
}
