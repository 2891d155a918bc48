package io.pms.log;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.pms.entry.EventTypes;
import io.pms.entry.JsonEventTypes;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Brings the database up to date and opens the log. Starting fails at once when the database cannot
 * be reached.
 */
@AutoConfiguration
@EnableConfigurationProperties(LogProperties.class)
public class LogAutoConfiguration {
    /** Bodies of commands are kept for 24 hours; an hour more does no harm. */
    private static final Duration FORGET_EVERY = Duration.ofHours(1);

    @Bean
    @ConditionalOnMissingBean
    EventTypes eventTypes() {
        return new JsonEventTypes();
    }

    /** Where the log is, with the application's account. */
    @Bean
    @ConditionalOnMissingBean
    DatabaseUrl logDatabase(LogProperties properties, Environment environment) {
        String text =
                properties.url() != null
                        ? properties.url()
                        : environment.getProperty("DATABASE_URL");
        if (text == null)
            throw new IllegalStateException(
                    "there is no database: set DATABASE_URL to mysql://user:password@host:3306/database");
        return DatabaseUrl.parse(text);
    }

    @Bean
    @ConditionalOnMissingBean(EventLog.class)
    MysqlEventLog eventLog(
            DatabaseUrl url,
            LogProperties properties,
            Environment environment,
            ObjectProvider<NewLogGuard> guard,
            ObjectProvider<LogSignal> signal,
            ObjectProvider<MeterRegistry> meters) {
        String owner =
                properties.ownerUrl() != null
                        ? properties.ownerUrl()
                        : environment.getProperty("DATABASE_OWNER_URL");
        LogSchema.migrate(
                owner == null ? url : DatabaseUrl.parse(owner),
                url,
                properties.id(),
                guard.getIfAvailable(() -> NewLogGuard.NONE));
        MysqlEventLog log =
                MysqlEventLog.open(
                        url,
                        LogSettings.defaults().withLogId(properties.id()),
                        signal.getIfAvailable(() -> LogSignal.NONE),
                        InstantSource.system(),
                        meters.getIfAvailable(() -> Metrics.globalRegistry));
        Thread.ofVirtual().name("forget-command-bodies").start(() -> forget(log));
        return log;
    }

    private static void forget(MysqlEventLog log) {
        try {
            while (!log.isClosed()) {
                try {
                    log.forgetOldBodies();
                } catch (LogUnavailableException e) {
                    // the next round does it
                }
                Thread.sleep(FORGET_EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
