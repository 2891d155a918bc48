package io.pms.projection;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.pms.entry.EventTypes;
import io.pms.log.EventLog;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * The projections of this process: runs their workers and tells how far they are. Thread-safe.
 *
 * <p>Each event takes effect exactly once: a batch's writes and its position are one atomic step
 * that is refused when the stored position is not the one the batch starts from.
 */
public final class Projections implements AutoCloseable {
    /** How often the stored position is read where the worker runs in another process. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final PartitionStore store;
    private final AppliedPositions applied = new AppliedPositions();
    private final List<ProjectionWorker> workers;

    /**
     * @param run whether this process feeds them, or another one does
     */
    Projections(
            List<Projection> projections,
            boolean run,
            EventLog log,
            EventTypes types,
            StringRedisTemplate redis,
            MeterRegistry meters) {
        this.store = new PartitionStore(redis);
        this.workers =
                run
                        ? projections.stream()
                                .map(each -> new ProjectionWorker(each, log, types, store, applied))
                                .toList()
                        : List.of();
        for (ProjectionWorker worker : workers)
            Gauge.builder("pms.projection.lag.events", worker, each -> each.status().lagEvents())
                    .description("events in the log that the projection has not applied")
                    .tag("projection", worker.status().name())
                    .register(meters);
    }

    void start() {
        workers.forEach(ProjectionWorker::start);
    }

    /** Where the projections are that this process feeds. */
    public List<ProjectionStatus> status() {
        return workers.stream().map(ProjectionWorker::status).toList();
    }

    /** How far a tenant's data is; null when there is none. */
    public @Nullable StoredPosition position(Partition partition) {
        return store.position(partition);
    }

    /**
     * Waits until a tenant's data holds a position.
     *
     * @return false when it does not within the time
     */
    public boolean await(Partition partition, long position, Duration timeout)
            throws InterruptedException {
        if (applied.hasReached(partition, position)) return true;
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            StoredPosition stored = store.position(partition);
            if (stored != null && stored.isComplete() && stored.position() >= position) return true;
            long left = deadline - System.nanoTime();
            if (left <= 0) return false;
            long step = workers.isEmpty() ? Math.min(left, LOOK_AGAIN.toNanos()) : left;
            if (applied.await(partition, position, step)) return true;
        }
    }

    @Override
    public void close() {
        workers.forEach(ProjectionWorker::close);
    }
}
