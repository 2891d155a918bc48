package io.pms.log;

import io.pms.log.PreparedUnit.PreparedEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches of what concurrent callers want to append.
 *
 * <p>Clients that were answered together come back together: a batch waits, briefly, until as many
 * units have come as the last one had. A single client never waits. Within a batch no two units
 * want the same sequence or id; the later one leads the next batch, where the unique keys decide.
 */
final class Gatherer {
    /** How long the committer sleeps before it looks whether it is to stop. */
    private static final long IDLE_MILLIS = 200;

    private final LogSettings settings;
    private final BlockingQueue<PreparedUnit> queue;
    private final Deque<PreparedUnit> deferred = new ArrayDeque<>();
    private int expected = 1;

    Gatherer(LogSettings settings) {
        this.settings = settings;
        this.queue = new ArrayBlockingQueue<>(settings.maxQueuedUnits());
    }

    /** False when too many wait already. */
    boolean offer(PreparedUnit unit) {
        return queue.offer(unit);
    }

    boolean isEmpty() {
        return queue.isEmpty() && deferred.isEmpty();
    }

    /** The next batch; empty when nothing came for a while. */
    List<PreparedUnit> next() throws InterruptedException {
        Batch batch = new Batch();
        for (int waiting = deferred.size(); waiting > 0; waiting--)
            batch.add(deferred.removeFirst());
        if (batch.isEmpty()) {
            PreparedUnit first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
            if (first == null) return List.of();
            batch.add(first);
        }
        long deadline = System.nanoTime() + settings.gatherTimeout().toNanos();
        while (!batch.isFull()) {
            PreparedUnit unit = queue.poll();
            if (unit == null) unit = awaitMore(batch, deadline);
            if (unit == null) break;
            batch.add(unit);
        }
        expected = batch.units.size();
        return batch.units;
    }

    private @Nullable PreparedUnit awaitMore(Batch batch, long deadline)
            throws InterruptedException {
        if (batch.units.size() >= expected) return null;
        long left = deadline - System.nanoTime();
        return left <= 0 ? null : queue.poll(left, TimeUnit.NANOSECONDS);
    }

    /** Everything that still waits, when there will be no next batch. */
    List<PreparedUnit> drain() {
        List<PreparedUnit> rest = new ArrayList<>(deferred);
        deferred.clear();
        queue.drainTo(rest);
        return rest;
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
