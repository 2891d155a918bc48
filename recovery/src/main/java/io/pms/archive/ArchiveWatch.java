package io.pms.archive;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.pms.log.EventLog;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Looks how far the archive is behind the log, in every process: at the log whenever it grows, into
 * the database now and then. So the numbers go on when the archiver does not.
 */
final class ArchiveWatch implements AutoCloseable {
    /** A database that does not answer is not asked more often. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final EventLog log;
    private final ArchiveState state;
    private final ArchiveStatus status;
    private final Duration every;
    private final Thread thread;
    private EventLog.@Nullable Subscription growth;

    /**
     * @param every how often it looks: where commands wait for another process's archiver they wait
     *     half as long for nothing
     */
    ArchiveWatch(
            EventLog log,
            ArchiveState state,
            ArchiveStatus status,
            MeterRegistry meters,
            Duration every) {
        this.log = log;
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

    /** When it returns, the RPO is known. */
    void start() {
        look();
        growth = log.subscribe(status::grown);
        thread.start();
    }

    private void run() {
        try {
            while (true) Thread.sleep(look() ? every : PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    private boolean look() {
        long begun = status.look();
        try {
            status.found(state.read(status.isActive() ? status.archived() : null), begun);
            return true;
        } catch (SQLException e) {
            status.blind(); // the age goes on growing
            return false;
        }
    }

    @Override
    public void close() {
        if (growth != null) growth.close();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        state.close();
    }
}
