package io.pms.projection;

import io.pms.entry.Entry;
import io.pms.entry.EventTypes;
import io.pms.log.EventLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds one projection: reads the log from where its partitions are, folds, and writes each
 * partition's share with its new position. Whatever fails is tried again from what is stored.
 */
final class ProjectionWorker implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ProjectionWorker.class);

    /** Entries a batch: a script of some milliseconds. */
    private static final int BATCH = 1_000;

    /** How soon an idle worker notices that its data has gone. */
    private static final Duration IDLE_CHECK = Duration.ofMillis(500);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Projection projection;
    private final EventLog log;
    private final EventTypes types;
    private final PartitionStore store;
    private final AppliedPositions applied;
    private final Thread thread;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable List<PartitionFold> folds;
    private Duration pause = FIRST_PAUSE;
    private volatile ProjectionStatus status;
    private volatile boolean closed;

    ProjectionWorker(
            Projection projection,
            EventLog log,
            EventTypes types,
            PartitionStore store,
            AppliedPositions applied) {
        this.projection = projection;
        this.log = log;
        this.types = types;
        this.store = store;
        this.applied = applied;
        this.status = ProjectionStatus.starting(projection);
        this.thread =
                Thread.ofVirtual().name("projection-" + projection.name()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    ProjectionStatus status() {
        return status;
    }

    private void run() {
        try {
            while (!closed) round();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    private void round() throws InterruptedException {
        try {
            if (folds == null) folds = load();
            if (folds == null || !advance(folds)) folds = null;
            pause = FIRST_PAUSE;
        } catch (RuntimeException e) {
            // The database or Redis does not answer; and whatever else it is, a worker never ends.
            if (closed) return;
            folds = null;
            failed(e);
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            pause =
                    pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                            ? pause.multipliedBy(2)
                            : LONGEST_PAUSE;
        }
    }

    private void failed(RuntimeException e) {
        if (status.failure() == null)
            LOGGER.warn("projection {} cannot go on; it tries again", projection.name(), e);
        status = status.failing(String.valueOf(e.getMessage()));
    }

    /** Null when another worker is emptying a partition: look again soon. */
    private @Nullable List<PartitionFold> load() throws InterruptedException {
        List<PartitionFold> loaded = new ArrayList<>();
        for (int number = 0; number < Partition.COUNT; number++) {
            PartitionFold fold =
                    PartitionFold.load(
                            projection, Partition.of(projection, number), types, store, log);
            if (fold == null) {
                TimeUnit.NANOSECONDS.sleep(IDLE_CHECK.toNanos());
                return null;
            }
            applied.record(fold.partition(), fold.stored());
            loaded.add(fold);
        }
        report(loaded, log.head().size());
        return loaded;
    }

    /** One batch; false when what is stored must be looked at again. */
    private boolean advance(List<PartitionFold> partitions) throws InterruptedException {
        long from =
                partitions.stream().mapToLong(fold -> fold.stored().position()).min().orElse(-1)
                        + 1;
        List<Entry> entries = log.read(from, BATCH);
        if (entries.isEmpty()) {
            report(partitions, from);
            return log.awaitBeyond(from, IDLE_CHECK) > from;
        }
        boolean all = applyAll(partitions, entries);
        report(partitions, Math.max(status.size(), entries.getLast().position() + 1));
        return all;
    }

    private boolean applyAll(List<PartitionFold> partitions, List<Entry> entries)
            throws InterruptedException {
        List<Future<Boolean>> steps = new ArrayList<>();
        for (PartitionFold fold : partitions) steps.add(executor.submit(() -> fold.apply(entries)));
        boolean all = true;
        for (int i = 0; i < steps.size(); i++) {
            all &= result(steps.get(i));
            PartitionFold fold = partitions.get(i);
            applied.record(fold.partition(), fold.stored());
        }
        return all;
    }

    private static boolean result(Future<Boolean> step) throws InterruptedException {
        try {
            return step.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(e.getCause());
        }
    }

    private void report(List<PartitionFold> partitions, long size) {
        long position =
                partitions.stream().mapToLong(fold -> fold.stored().position()).min().orElse(-1);
        boolean complete = partitions.stream().allMatch(fold -> fold.stored().isComplete());
        int parked = partitions.stream().mapToInt(PartitionFold::parked).sum();
        status =
                new ProjectionStatus(
                        projection.name(),
                        projection.version(),
                        position,
                        Math.max(size, position + 1),
                        complete,
                        parked,
                        null);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        executor.shutdown();
    }
}
