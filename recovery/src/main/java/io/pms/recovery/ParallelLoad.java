package io.pms.recovery;

import io.pms.archive.TrustedArchive;
import io.pms.log.LoadingLane;
import io.pms.log.LogLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Loads ranges of an archive at the same time, each over a connection of its own. */
final class ParallelLoad {
    /**
     * Always the same, so that a later attempt finds how far each one was; a multiple of a bundle.
     */
    static final long RANGE = 1 << 14;

    /** While one waits for the archive or the disk others decode; more would not help a server. */
    private static final int MAX_LANES = 8;

    private static final long SHOW_EVERY_MILLIS = 200;

    private final TrustedArchive archive;
    private final LogLoader loader;
    private final long size;
    private final Restore.Progress progress;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicBoolean failed = new AtomicBoolean();

    /**
     * @param size how many entries are loaded, from the first one on
     */
    ParallelLoad(TrustedArchive archive, LogLoader loader, long size, Restore.Progress progress) {
        this.archive = archive;
        this.loader = loader;
        this.size = size;
        this.progress = progress;
    }

    /** Returns when all entries are stored; after an exception nothing more is being stored. */
    void run() {
        int lanes = Math.min(MAX_LANES, 2 * Runtime.getRuntime().availableProcessors());
        try (ExecutorService workers =
                Executors.newFixedThreadPool(
                        lanes, Thread.ofPlatform().daemon().name("restore-", 0).factory())) {
            ExecutorCompletionService<Void> ended = new ExecutorCompletionService<>(workers);
            for (int i = 0; i < lanes; i++) ended.submit(this::work, null);
            List<RuntimeException> failures = new ArrayList<>();
            for (int running = lanes; running > 0; running--) await(ended, failures);
            if (!failures.isEmpty()) throw failures.getFirst();
        }
    }

    private void await(ExecutorCompletionService<Void> ended, List<RuntimeException> failures) {
        try {
            Future<Void> one = null;
            while (one == null) {
                one = ended.poll(SHOW_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                progress.show("restoring", done.get(), size);
            }
            one.get();
        } catch (InterruptedException e) {
            failed.set(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the restore was interrupted; run it again", e);
        } catch (ExecutionException e) {
            failed.set(true);
            if (e.getCause() instanceof RuntimeException cause) failures.add(cause);
            else throw new IllegalStateException("the restore failed: " + e.getCause(), e);
        }
    }

    private void work() {
        try (LoadingLane lane = loader.open()) {
            for (long from = next.getAndAdd(RANGE);
                    from < size && !failed.get();
                    from = next.getAndAdd(RANGE))
                new RangeLoad(archive, loader, lane, failed, done)
                        .run(from, Math.min(from + RANGE, size));
        } catch (RuntimeException e) {
            failed.set(true);
            throw e;
        }
    }
}
