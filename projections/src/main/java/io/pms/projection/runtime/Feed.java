package io.pms.projection.runtime;

import io.pms.entry.EventTypes;
import io.pms.log.EventLog;
import io.pms.projection.runtime.AppliedPositions.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads the log once for many builds and gives each what is its own, in order. One that fails is
 * let go and told of; the others go on.
 */
abstract class Feed implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    final EventLog log;
    final EventTypes types;
    private final Failures failures;
    private final Runnable onLetGo;
    private final Thread thread;
    private final BlockingQueue<BuildFold> arriving = new LinkedBlockingQueue<>();
    private final List<BuildFold> folds = new ArrayList<>();
    private final List<List<BuildFold>> byPartition = new ArrayList<>();
    private volatile boolean closed;

    /**
     * @param onLetGo called when a build must be looked at again
     */
    Feed(String name, EventLog log, EventTypes types, Failures failures, Runnable onLetGo) {
        this.log = log;
        this.types = types;
        this.failures = failures;
        this.onLetGo = onLetGo;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
        for (int number = 0; number < Partition.COUNT; number++) byPartition.add(new ArrayList<>());
    }

    void start() {
        thread.start();
    }

    /** Feeds a build from here on, until it is stopped. */
    final void adopt(BuildFold fold) {
        arriving.add(fold);
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!closed) {
                admit();
                if (folds.isEmpty()) {
                    BuildFold next = arriving.poll(LONGEST_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                    if (next != null) add(next);
                    continue;
                }
                try {
                    round();
                    pause = FIRST_PAUSE;
                } catch (RuntimeException e) {
                    // The database does not answer; and whatever else it is, a feed never ends.
                    if (closed) return;
                    for (BuildFold fold : folds) failures.failed(place(fold), e);
                    TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                    if (pause.compareTo(LONGEST_PAUSE) < 0) pause = pause.multipliedBy(2);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    /** Reads a part of the log for all builds, at least one. */
    abstract void round() throws InterruptedException;

    /** Lets in who has arrived, lets go who was stopped. */
    final void admit() {
        for (BuildFold next = arriving.poll(); next != null; next = arriving.poll()) add(next);
        for (BuildFold fold : List.copyOf(folds)) if (fold.isStopped()) remove(fold);
    }

    final boolean hasArrivals() {
        return !arriving.isEmpty();
    }

    private void add(BuildFold fold) {
        folds.add(fold);
        byPartition.get(fold.build().partition().number()).add(fold);
    }

    final void remove(BuildFold fold) {
        folds.remove(fold);
        byPartition.get(fold.build().partition().number()).remove(fold);
    }

    final List<BuildFold> folds() {
        return folds;
    }

    final boolean isClosed() {
        return closed;
    }

    /** The first position that one of them has not been given. */
    final long next() {
        return folds.stream().mapToLong(BuildFold::taken).min().orElse(-1) + 1;
    }

    final void dispatch(Decoded decoded) {
        List<BuildFold> concerned = byPartition.get(decoded.partition());
        for (int i = concerned.size() - 1; i >= 0; i--)
            guarded(concerned.get(i), fold -> fold.take(decoded));
    }

    /** Everything up to this position has been dispatched. */
    final void reach(long position) {
        forEach(fold -> fold.reach(position));
    }

    final void settle() {
        forEach(fold -> {
            fold.settle();
            failures.wentOn(place(fold));
        });
    }

    final void forEach(Consumer<BuildFold> step) {
        for (BuildFold fold : List.copyOf(folds)) guarded(fold, step);
    }

    private void guarded(BuildFold fold, Consumer<BuildFold> step) {
        try {
            step.accept(fold);
        } catch (RefusedException e) {
            letGo(fold);
        } catch (RuntimeException e) {
            if (!closed) failures.failed(place(fold), e);
            letGo(fold);
        }
    }

    private void letGo(BuildFold fold) {
        fold.stop();
        remove(fold);
        onLetGo.run();
    }

    private static Place place(BuildFold fold) {
        return new Place(fold.build().partition(), fold.build().version());
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
    }
}
