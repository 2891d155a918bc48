package io.pms.recovery;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What the last drill found, for whoever watches. */
public final class DrillMetrics implements AutoCloseable {
    /** Drills are held once a day or less often; a look costs a listing. */
    private static final Duration EVERY = Duration.ofMinutes(5);

    private final DrillHistory history;
    private final Thread thread = Thread.ofVirtual().name("drill-metrics").unstarted(this::run);
    private volatile Optional<DrillReport> latest = Optional.empty();
    private volatile Optional<DrillReport> latestGood = Optional.empty();

    public DrillMetrics(DrillHistory history, MeterRegistry meters) {
        this.history = history;
        gauge(
                meters,
                "dr.drill.duration",
                "seconds",
                "RTO of the last drill; NaN where it served nothing",
                report -> orNaN(report.rtoSeconds()));
        gauge(
                meters,
                "dr.drill.rpo",
                "seconds",
                "RPO of the last drill; NaN where it asked no living system",
                report -> orNaN(report.rpoSeconds()));
        gauge(
                meters,
                "dr.drill.problems",
                "problems",
                "What the last drill found wrong",
                report -> report.problems().size());
        Gauge.builder(
                        "restore.verify.last.success.timestamp",
                        this,
                        self ->
                                self.latestGood
                                        .map(report -> (double) report.time().getEpochSecond())
                                        .orElse(0.0))
                .description("When the last drill began that found nothing wrong; 0 for never")
                .baseUnit("seconds")
                .register(meters);
    }

    private static double orNaN(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    private void gauge(
            MeterRegistry meters,
            String name,
            String unit,
            String description,
            ToDoubleFunction<DrillReport> value) {
        Gauge.builder(name, this, self -> self.latest.map(value::applyAsDouble).orElse(Double.NaN))
                .description(description)
                .baseUnit(unit)
                .register(meters);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                look();
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    private void look() {
        try {
            latest = history.latest();
            latestGood = history.latestGood();
        } catch (RuntimeException e) {
            // the store does not answer, or a report cannot be read: what was known before is shown
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
