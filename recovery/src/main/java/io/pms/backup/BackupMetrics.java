package io.pms.backup;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/** What monitoring sees of backups; NaN as long as there is none. */
final class BackupMetrics {
    private BackupMetrics() {}

    static void register(BackupStatus status, MeterRegistry meters) {
        gauge(
                "pms.backup.last.success.timestamp",
                "seconds",
                "When the newest backup was begun",
                backup -> backup.begun().toEpochMilli() / 1_000.0,
                status,
                meters);
        gauge(
                "pms.backup.last.duration",
                "seconds",
                "How long the newest backup took",
                backup -> Duration.between(backup.begun(), backup.ended()).toMillis() / 1_000.0,
                status,
                meters);
        gauge(
                "pms.backup.last.size",
                "bytes",
                "What the newest backup takes, compressed",
                Backup::bytes,
                status,
                meters);
        FunctionCounter.builder("pms.backup.failures", status, BackupStatus::failures)
                .description("Attempts of this process that failed")
                .register(meters);
    }

    private static void gauge(
            String name,
            String unit,
            String description,
            ToDoubleFunction<Backup> value,
            BackupStatus status,
            MeterRegistry meters) {
        Gauge.builder(
                        name,
                        status,
                        each -> {
                            Backup newest = each.newest();
                            return newest == null ? Double.NaN : value.applyAsDouble(newest);
                        })
                .description(description)
                .baseUnit(unit)
                .register(meters);
    }
}
