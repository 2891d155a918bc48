package io.pms.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes batches of what concurrent callers want to append.
 *
 * <p>Clients that were answered together come back together: a batch waits, briefly, until as many
 * units have come as the last one had. A single client never waits. While another batch is with the
 * server there is no hurry: a batch goes on growing until it is ample or the server is free. A unit
 * that wants the same sequence or id as one under way is its rival: it waits for what becomes of
 * that, instead of failing a batch of others. One that wants what was stored a moment ago is late:
 * it is taken along only to be looked up.
 *
 * <p>Any thread may {@link #offer}; one at a time may ask for the {@link #next} batch.
 */
final class Gatherer {
    /** How long the committer sleeps before it looks whether it is to stop. */
    private static final long IDLE_NANOS = 200_000_000;

    /**
     * So many events cost the server more than the commit itself: it pays to have them ready when
     * the batch before them is done, even if more were to come.
     */
    private static final int AMPLE_EVENTS = 128;

    private final LogSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<PreparedUnit> queue = new ArrayDeque<>();
    private final List<Batch> underWay = new ArrayList<>();
    private final List<PreparedUnit> rivals = new ArrayList<>();
    private final RecentSequences recent = new RecentSequences();
    private int queuedEvents;
    private int wanted = 1;
    private int expected = 1;

    Gatherer(LogSettings settings) {
        this.settings = settings;
    }

    /** False when too many wait already. */
    boolean offer(PreparedUnit unit) {
        lock.lock();
        try {
            if (queue.size() + rivals.size() >= settings.maxQueuedUnits()) return false;
            queue.addLast(unit);
            queuedEvents += unit.events.size();
            if (queue.size() >= wanted || isAmple()) changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return queue.isEmpty() && rivals.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** The batch is decided; its rivals, which nobody decides else. */
    List<PreparedUnit> ended(Batch batch) {
        lock.lock();
        try {
            underWay.remove(batch);
            if (batch.isStored()) batch.units().forEach(recent::add);
            List<PreparedUnit> its = new ArrayList<>();
            rivals.removeIf(unit -> batch.wantsTheSameAs(unit) && its.add(unit));
            changed.signal();
            return its;
        } finally {
            lock.unlock();
        }
    }

    /** They were here before: ahead of all that wait. */
    void takeBack(List<PreparedUnit> units) {
        lock.lock();
        try {
            for (PreparedUnit unit : units.reversed()) {
                recent.remove(unit); // was looked up: an append tells
                queue.addFirst(unit);
                queuedEvents += unit.events.size();
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The next batch; empty when nothing came for a while. */
    Batch next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            awaitFirst();
            awaitOthers();
            return take();
        } finally {
            wanted = Integer.MAX_VALUE;
            lock.unlock();
        }
    }

    private void awaitFirst() throws InterruptedException {
        wanted = 1;
        long left = IDLE_NANOS;
        while (queue.isEmpty() && left > 0) left = changed.awaitNanos(left);
    }

    private void awaitOthers() throws InterruptedException {
        long left = settings.gatherTimeout().toNanos();
        while (!queue.isEmpty() && !isAmple()) {
            if (!underWay.isEmpty()) {
                wanted = Integer.MAX_VALUE;
                changed.awaitNanos(IDLE_NANOS);
            } else if (queue.size() >= expected || left <= 0) {
                return;
            } else {
                wanted = expected;
                left = changed.awaitNanos(left);
            }
        }
    }

    private boolean isAmple() {
        return queuedEvents >= AMPLE_EVENTS;
    }

    private Batch take() {
        Batch batch = new Batch();
        int before = queue.size();
        while (!queue.isEmpty() && batch.fits(queue.getFirst(), settings)) {
            PreparedUnit unit = queue.removeFirst();
            queuedEvents -= unit.events.size();
            if (batch.wantsTheSameAs(unit)
                    || underWay.stream().anyMatch(other -> other.wantsTheSameAs(unit)))
                rivals.add(unit);
            else if (recent.contains(unit)) batch.addLate(unit);
            else batch.add(unit);
        }
        expected = Math.max(1, before - queue.size());
        if (!batch.isEmpty()) underWay.add(batch);
        return batch;
    }

    /** Everything that still waits, when there will be no next batch. */
    List<PreparedUnit> drain() {
        lock.lock();
        try {
            List<PreparedUnit> rest = new ArrayList<>(rivals);
            rest.addAll(queue);
            rivals.clear();
            queue.clear();
            queuedEvents = 0;
            return rest;
        } finally {
            lock.unlock();
        }
    }
}
