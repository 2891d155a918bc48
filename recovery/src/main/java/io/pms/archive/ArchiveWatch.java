package io.pms.archive;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Looks now and then how far the archive is behind the log, in every process: so the numbers go on
 * when the archiver does not.
 */
final class ArchiveWatch implements AutoCloseable {
    private final ArchiveState state;
    private final ArchiveStatus status;
    private final Duration every;
    private final Thread thread;

    /**
     * @param every how often it looks: where commands wait for another process's archiver they wait
     *     half as long for nothing
     */
    ArchiveWatch(ArchiveState state, ArchiveStatus status, MeterRegistry meters, Duration every) {
        this.state = state;
        this.status = status;
        this.every = every;
        this.thread = Thread.ofVirtual().name("archive-watch").unstarted(this::run);
        Gauge.builder("pms.archive.rpo", status, each -> each.rpo().toMillis() / 1_000.0)
                .description("Age of the oldest event that is not behind a published checkpoint")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("pms.archive.lag", status, ArchiveStatus::lagEvents)
                .description("Events that are not behind a published checkpoint")
                .baseUnit("events")
                .register(meters);
        Gauge.builder(
                        "eventstore.archive.last.durable.timestamp",
                        status,
                        each -> each.durableUntil().toEpochMilli() / 1_000.0)
                .description("Everything recorded before is in the archive")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("pms.archive.forked", status, each -> each.isForked() ? 1 : 0)
                .description("1 when log and archive contradict each other")
                .register(meters);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                look();
                Thread.sleep(every);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    private void look() {
        try {
            status.found(state.read(status.isActive() ? status.archived() : 0));
        } catch (SQLException e) {
            // the age goes on growing
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        state.close();
    }
}
