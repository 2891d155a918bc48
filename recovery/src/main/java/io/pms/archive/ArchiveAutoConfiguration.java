package io.pms.archive;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.pms.archive.witness.WitnessProperties;
import io.pms.archive.witness.Witnesses;
import io.pms.log.DatabaseUrl;
import io.pms.log.Durability;
import io.pms.log.LogAutoConfiguration;
import io.pms.log.LogProperties;
import io.pms.log.MysqlEventLog;
import io.pms.log.NewLogGuard;
import io.pms.objects.ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Archives the log, where there is {@code PMS_ARCHIVE_URL}. */
@AutoConfiguration(after = LogAutoConfiguration.class)
@ConditionalOnBean(MysqlEventLog.class)
@ConditionalOnProperty("pms.archive.url")
@EnableConfigurationProperties({ArchiveProperties.class, WitnessProperties.class})
public class ArchiveAutoConfiguration {
    private static final Logger LOGGER = LoggerFactory.getLogger(ArchiveAutoConfiguration.class);

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LOOK_OFTEN = Duration.ofMillis(20);

    /** Longer than a server needs to be started again. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration EACH_SECOND = Duration.ofSeconds(1);

    @Bean(destroyMethod = "close")
    ObjectStore archiveStore(ArchiveProperties properties) {
        return ObjectStore.open(String.valueOf(properties.url()), properties.settings());
    }

    @Bean
    Archive archive(ObjectStore store) {
        return new Archive(store);
    }

    @Bean
    ArchiveInterval archiveInterval(ArchiveProperties properties, Environment environment) {
        return interval(properties, environment);
    }

    @Bean
    ArchiveStatus archiveStatus(ObjectProvider<InstantSource> clock) {
        return new ArchiveStatus(clock.getIfAvailable(InstantSource::system));
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ArchiveWatch archiveWatch(
            DatabaseUrl database,
            LogProperties log,
            ArchiveProperties properties,
            ArchiveStatus status,
            MysqlEventLog events,
            ObjectProvider<MeterRegistry> meters,
            Environment environment) {
        return new ArchiveWatch(
                events,
                new ArchiveState(database, log.id(), properties.place()),
                status,
                meters.getIfAvailable(() -> Metrics.globalRegistry),
                isWaitedFor(environment) ? LOOK_OFTEN : LOOK);
    }

    @Bean
    NewLogGuard newLogGuard(Archive archive, ArchiveProperties properties) {
        return logId -> {
            if (properties.check()) ArchiveGuard.requireNoArchive(archive, PATIENCE);
        };
    }

    /** Before anything can append: others that are made with it are checked by it. */
    @Bean
    Durability durability(
            MysqlEventLog log,
            Archive archive,
            ArchiveStatus status,
            ArchiveProperties properties,
            ArchiveInterval interval,
            Environment environment) {
        if (properties.check()) ArchiveGuard.check(log, archive, PATIENCE);
        if (isWaitedFor(environment)) return new ArchivedDurability(status, properties.timeout());
        Duration timeout = properties.timeout().plus(interval.least());
        return new ArchivedErasures(new ArchivedDurability(status, timeout));
    }

    private static boolean isWaitedFor(Environment environment) {
        String mode = environment.getProperty("PMS_DURABILITY", "mysql");
        return switch (mode) {
            case "mysql" -> false;
            case "archive" -> true;
            default ->
                    throw new IllegalStateException(
                            "PMS_DURABILITY must be mysql or archive, not " + mode);
        };
    }

    @Bean(destroyMethod = "close")
    Witnesses witnesses(
            WitnessProperties properties,
            Archive archive,
            ObjectProvider<InstantSource> clock,
            ObjectProvider<MeterRegistry> meters) {
        Witnesses witnesses =
                new Witnesses(
                        properties.all(),
                        properties.witnessQuorum(),
                        properties.witnessTimeout(),
                        archive,
                        clock.getIfAvailable(InstantSource::system));
        witnesses.watchedBy(meters.getIfAvailable(() -> Metrics.globalRegistry));
        return witnesses;
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    @ConditionalOnBooleanProperty(name = "pms.archive.run", matchIfMissing = true)
    Archiver archiver(
            MysqlEventLog log,
            ObjectStore store,
            DatabaseUrl database,
            LogProperties logProperties,
            ArchiveStatus status,
            ArchiveProperties properties,
            ArchiveInterval interval,
            Witnesses witnesses,
            Environment environment) {
        List<byte[]> seeds = seeds(environment);
        return new Archiver(
                log,
                store,
                origin -> LogKeys.ofSeeds(origin, seeds).cosignedBy(witnesses),
                new ArchiveLease(database, logProperties.id()),
                new ArchiveState(database, logProperties.id(), properties.place()),
                status,
                interval.least());
    }

    static ArchiveInterval interval(ArchiveProperties properties, Environment environment) {
        if (properties.interval() != null) return new ArchiveInterval(properties.interval());
        return new ArchiveInterval(isWaitedFor(environment) ? Duration.ZERO : EACH_SECOND);
    }

    /** From the environment, a file, or a file in the data directory, which is made. */
    private static List<byte[]> seeds(Environment environment) {
        String keys = environment.getProperty("PMS_SIGNING_KEY");
        if (keys != null) return SigningKeys.parse(keys, "PMS_SIGNING_KEY");
        String file = environment.getProperty("PMS_SIGNING_KEY_FILE");
        if (file != null) return SigningKeys.read(Path.of(file));
        return SigningKeys.read(ofDataDirectory(environment.getProperty("pms.data")));
    }

    private static Path ofDataDirectory(@Nullable String data) {
        if (data == null)
            throw new IllegalStateException(
                    "an archive needs a signing key: set PMS_SIGNING_KEY_FILE to a file that openssl rand -base64 32 has filled");
        Path file = Path.of(data).resolve("signing-key");
        if (SigningKeys.create(file))
            LOGGER.warn(
                    "made a signing key in {}: keep a copy of it where neither the database nor the archive is",
                    file);
        return file;
    }
}
