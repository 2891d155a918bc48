package io.pms.log.seal;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.pms.entry.EventTypes;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogAutoConfiguration;
import io.pms.log.LogProperties;
import io.pms.log.LogUnavailableException;
import io.pms.log.MysqlEventLog;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Encrypts personal texts. The master keys are in the file that {@code PMS_MASTER_KEY_FILE} names,
 * else in {@code master.key} in the data directory, where the first start makes one. Starting fails
 * when the database holds keys that they do not unwrap, or has lost all keys of a log that has
 * sealed texts, unless {@code PMS_KEYS_LOST=accepted}. A bean of type {@link KeyWrapping} takes
 * their place.
 */
@AutoConfiguration(after = LogAutoConfiguration.class)
@ConditionalOnBean(MysqlEventLog.class)
public class SealAutoConfiguration {
    private static final Logger LOGGER = LoggerFactory.getLogger(SealAutoConfiguration.class);

    static final String FILE = "pms.master.key.file";

    /** After the log, which brings the database up to date. */
    @Bean
    SubjectKeys subjectKeys(
            DatabaseUrl url, LogProperties properties, MysqlEventLog log, LostKeys lostKeys) {
        SubjectKeys keys = SubjectKeys.open(url, properties.id());
        if (lostKeys == LostKeys.ACCEPTED || !keys.areLost(log.head().size())) return keys;
        keys.close();
        throw new IllegalStateException(
                "the log has texts of people, and none of their keys are in the database: "
                        + LostKeys.ADVICE);
    }

    @Bean
    LostKeys lostKeys(Environment environment) {
        return LostKeys.parse(environment.getProperty(LostKeys.PROPERTY));
    }

    @Bean
    SealStatus sealStatus() {
        return new SealStatus(System::nanoTime);
    }

    @Bean
    @ConditionalOnMissingBean
    KeyWrapping masterKeys(Environment environment, SubjectKeys keys) {
        String file = environment.getProperty(FILE);
        if (file != null && !file.isBlank()) return MasterKeys.read(Path.of(file));
        String data = environment.getProperty("pms.data");
        if (data == null)
            throw new IllegalStateException(
                    "there is no master key: set PMS_MASTER_KEY_FILE to a file with 32 random bytes in base64");
        return inDataDirectory(Path.of(data, "master.key"), keys);
    }

    /** A database that is in use has a key already: another one would open nothing in it. */
    private static KeyWrapping inDataDirectory(Path file, SubjectKeys keys) {
        if (!Files.exists(file)) {
            if (keys.any())
                throw new IllegalStateException(
                        "the database holds keys, but their master key is not in "
                                + file
                                + ": bring that file back, or set PMS_MASTER_KEY_FILE to where it is");
            MasterKeys.make(file);
        }
        return MasterKeys.read(file);
    }

    /**
     * @throws IllegalStateException when there are keys that the master keys do not unwrap
     */
    @Bean
    KeyRing keyRing(SubjectKeys keys, KeyWrapping wrapping, LostKeys lostKeys) {
        KeyRing ring = new KeyRing(keys, wrapping, lostKeys);
        try {
            ring.requireMasterKeys();
        } catch (LogUnavailableException e) {
            throw new IllegalStateException(
                    "the master keys are not those of this database: " + e.getMessage(), e);
        }
        Thread.ofVirtual().name("rewrap-keys").start(() -> rewrap(ring));
        return ring;
    }

    private static void rewrap(KeyRing ring) {
        try {
            ring.rewrap();
        } catch (LogUnavailableException e) {
            LOGGER.warn("keys that another master key wraps stay so until the next start", e);
        }
    }

    @Bean
    PersonalSeals personalSeals(
            KeyRing keys,
            LostKeys lostKeys,
            SealStatus status,
            ObjectProvider<MeterRegistry> meters) {
        return new PersonalSeals(keys, lostKeys, status, registry(meters));
    }

    @Bean
    People people(KeyRing keys, SubjectKeys table) {
        return (tenant, personId) -> {
            Subject person = new Subject(tenant, personId);
            return keys.find(person) != null || table.log().isRegistered(person);
        };
    }

    @Bean(initMethod = "start")
    Erasures erasures(
            MysqlEventLog log,
            EventTypes types,
            SubjectKeys table,
            KeyRing keys,
            SealStatus status,
            ObjectProvider<MeterRegistry> meters) {
        return new Erasures(log, types, table, keys, status, registry(meters));
    }

    private static MeterRegistry registry(ObjectProvider<MeterRegistry> meters) {
        return meters.getIfAvailable(() -> Metrics.globalRegistry);
    }
}
