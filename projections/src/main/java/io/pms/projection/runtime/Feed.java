package io.pms.projection.runtime;

import io.pms.entry.EventTypes;
import io.pms.log.EventLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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

    /** With a batch more, some tenths of a second of Redis, and enough that it need not wait. */
    private static final int STEPS_ON_THEIR_WAY = 64;

    /**
     * While people work less is held back. Then fewer events come together; but what is kept for
     * long makes garbage collections long.
     */
    private static final int CONSIDERATE_SHARE = 8;

    final EventLog log;
    final EventTypes types;
    final Pace pace;
    private final Failures failures;
    private final Runnable onLetGo;
    private final Thread thread;
    private final BlockingQueue<BuildFold> arriving = new LinkedBlockingQueue<>();
    private final List<BuildFold> folds = new ArrayList<>();
    private final List<List<BuildFold>> byPartition = new ArrayList<>();
    private final Deque<Sent> onTheirWay = new ArrayDeque<>();
    private int stepsOnTheirWay;
    private boolean considerate;
    private volatile boolean closed;

    /** A batch of a build. */
    private record Sent(BuildFold fold, int steps) {}

    /**
     * @param onLetGo called when a build must be looked at again
     */
    Feed(
            String name,
            EventLog log,
            EventTypes types,
            Failures failures,
            Pace pace,
            Runnable onLetGo) {
        this.log = log;
        this.types = types;
        this.failures = failures;
        this.pace = pace;
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
                try {
                    turn();
                    pause = FIRST_PAUSE;
                } catch (RuntimeException | Error e) {
                    // The database does not answer; and whatever else it is, a feed never ends.
                    if (closed) return;
                    failed(e);
                    TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                    if (pause.compareTo(LONGEST_PAUSE) < 0) pause = pause.multipliedBy(2);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    private void turn() throws InterruptedException {
        admit();
        if (folds.isEmpty()) {
            BuildFold next = arriving.poll(LONGEST_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            if (next != null) add(next);
            return;
        }
        long size = round();
        for (BuildFold fold : folds) if (fold.isIdleAt(size)) failures.wentOn(fold.build());
    }

    /** After an error nobody knows what was done: all begin again from what is stored. */
    private void failed(Throwable failure) {
        for (BuildFold fold : List.copyOf(folds)) {
            failures.failed(fold.build(), failure);
            if (failure instanceof Error) letGo(fold);
        }
    }

    /**
     * Reads a part of the log for all builds, at least one.
     *
     * @return how many events the log has
     */
    abstract long round() throws InterruptedException;

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
        holdBack();
    }

    /** What a build may hold back depends on how many there are, and on the pace. */
    private void holdBack() {
        pace.anyoneWaits(!folds.stream().allMatch(BuildFold::isBeside));
        considerate = pace.isConsiderate();
        int builds = folds.size() * (considerate ? CONSIDERATE_SHARE : 1);
        for (BuildFold each : folds) each.holdBackWith(builds);
    }

    final void remove(BuildFold fold) {
        folds.remove(fold);
        byPartition.get(fold.build().partition().number()).remove(fold);
        holdBack();
    }

    /** Called now and then while working. */
    final void followPace() {
        if (pace.isConsiderate() != considerate) holdBack();
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
        for (int i = concerned.size() - 1; i >= 0; i--) {
            if (i >= concerned.size()) continue; // sending has let others go
            BuildFold fold = concerned.get(i);
            if (fold.take(decoded)) send(fold);
        }
    }

    /** Everything up to this position has been dispatched. */
    final void reach(long position) {
        for (BuildFold fold : List.copyOf(folds)) if (fold.reach(position)) send(fold);
    }

    /** Sends what it has, when there is room on the way. */
    final void send(BuildFold fold) {
        while (stepsOnTheirWay >= STEPS_ON_THEIR_WAY) settleOldest(new Patience());
        if (fold.isStopped()) return; // it was its own batch that failed
        guarded(
                fold,
                each -> {
                    int steps = each.flush(pace);
                    if (steps == 0) return;
                    onTheirWay.add(new Sent(each, steps));
                    stepsOnTheirWay += steps;
                });
    }

    private void settleOldest(Patience patience) {
        Sent oldest = onTheirWay.remove();
        stepsOnTheirWay -= oldest.steps();
        guarded(
                oldest.fold(),
                each -> {
                    each.settleOne(patience);
                    failures.wentOn(each.build());
                });
    }

    /** Waits until everything that was sent is written. */
    final void settle() {
        Patience patience = new Patience();
        while (!onTheirWay.isEmpty()) settleOldest(patience);
    }

    private void guarded(BuildFold fold, Consumer<BuildFold> step) {
        try {
            step.accept(fold);
        } catch (RefusedException e) {
            letGo(fold);
        } catch (RuntimeException | Error e) {
            if (!closed) failures.failed(fold.build(), e);
            letGo(fold);
        }
    }

    private void letGo(BuildFold fold) {
        fold.stop();
        remove(fold);
        for (Sent sent : List.copyOf(onTheirWay))
            if (sent.fold() == fold && onTheirWay.remove(sent)) stepsOnTheirWay -= sent.steps();
        onLetGo.run();
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
        pace.close();
    }
}
