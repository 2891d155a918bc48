package io.pms.log;

import io.pms.log.PreparedUnit.PreparedEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes batches of what concurrent callers want to append.
 *
 * <p>Clients that were answered together come back together: a batch waits, briefly, until as many
 * units have come as the last one had. A single client never waits. While another batch is with the
 * server there is no hurry: a batch goes on growing until it is ample or the server is free. Within
 * a batch no two units want the same sequence or id; the later one leads the next batch, where the
 * unique keys decide.
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
    private final Deque<PreparedUnit> deferred = new ArrayDeque<>();
    private int queuedEvents;
    private int wanted = 1;
    private int expected = 1;
    private int underWay;

    Gatherer(LogSettings settings) {
        this.settings = settings;
    }

    /** False when too many wait already. */
    boolean offer(PreparedUnit unit) {
        lock.lock();
        try {
            if (queue.size() >= settings.maxQueuedUnits()) return false;
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
            return queue.isEmpty() && deferred.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** A batch is on its way to the server. */
    void began() {
        lock.lock();
        try {
            underWay++;
        } finally {
            lock.unlock();
        }
    }

    /** A batch is decided. */
    void ended() {
        lock.lock();
        try {
            underWay--;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The next batch; empty when nothing came for a while. */
    List<PreparedUnit> next() throws InterruptedException {
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
        while (waiting() == 0 && left > 0) left = changed.awaitNanos(left);
    }

    private void awaitOthers() throws InterruptedException {
        long left = settings.gatherTimeout().toNanos();
        while (waiting() > 0 && !isAmple()) {
            if (underWay > 0) {
                wanted = Integer.MAX_VALUE;
                changed.awaitNanos(IDLE_NANOS);
            } else if (waiting() >= expected || left <= 0) {
                return;
            } else {
                wanted = expected - deferred.size();
                left = changed.awaitNanos(left);
            }
        }
    }

    private int waiting() {
        return queue.size() + deferred.size();
    }

    private boolean isAmple() {
        return queuedEvents >= AMPLE_EVENTS;
    }

    private List<PreparedUnit> take() {
        Batch batch = new Batch();
        for (int waiting = deferred.size(); waiting > 0; waiting--)
            batch.add(deferred.removeFirst());
        while (!batch.isFull() && !queue.isEmpty()) {
            PreparedUnit unit = queue.removeFirst();
            queuedEvents -= unit.events.size();
            batch.add(unit);
        }
        expected = Math.max(1, batch.units.size());
        return batch.units;
    }

    /** Everything that still waits, when there will be no next batch. */
    List<PreparedUnit> drain() {
        lock.lock();
        try {
            List<PreparedUnit> rest = new ArrayList<>(deferred);
            rest.addAll(queue);
            deferred.clear();
            queue.clear();
            queuedEvents = 0;
            return rest;
        } finally {
            lock.unlock();
        }
    }

    private final class Batch {
        final List<PreparedUnit> units = new ArrayList<>();
        private final Set<Object> taken = new HashSet<>();
        private int events;
        private int bytes;

        boolean isEmpty() {
            return units.isEmpty();
        }

        boolean isFull() {
            return events >= settings.maxBatchEvents() || bytes >= settings.maxBatchBytes() / 2;
        }

        /** Takes the unit, or leaves it for the next batch. */
        void add(PreparedUnit unit) {
            boolean fits =
                    isEmpty()
                            || (events + unit.events.size() <= settings.maxBatchEvents()
                                    && bytes + unit.bytes <= settings.maxBatchBytes());
            if (!fits || collides(unit)) {
                deferred.addLast(unit);
                if (!fits) bytes = settings.maxBatchBytes(); // keep the order of arrival: nothing
                // overtakes it
                return;
            }
            claim(unit);
            units.add(unit);
            events += unit.events.size();
            bytes += unit.bytes;
        }

        private boolean collides(PreparedUnit unit) {
            if (unit.command != null && taken.contains(unit.command.id())) return true;
            for (PreparedEvent event : unit.events)
                if (taken.contains(event.id())
                        || (event.stream() != null && taken.contains(event.stream()))) return true;
            return false;
        }

        private void claim(PreparedUnit unit) {
            if (unit.command != null) taken.add(unit.command.id());
            for (PreparedEvent event : unit.events) {
                taken.add(event.id());
                if (event.stream() != null) taken.add(event.stream());
            }
        }
    }
}
