package io.pms.query.live;

import io.pms.entry.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The log's latest events, for any number of clients that pass by, each at its own pace. Nothing
 * waits for anybody: who is too slow misses some. Bounded in events and bytes. Thread-safe.
 *
 * <p>Only an organisation's own events wake its clients, and those of others do not make them miss
 * any: where there was nothing for it, a client is as far as the ring.
 */
final class Ring {
    /** Bytes of events that are handed out at once, before the last of them. */
    static final long STEP_BYTES = 1 << 17;

    /** Events that are looked at at once: the lock is held for some microseconds. */
    private static final int STEP_EVENTS = 512;

    private final Frames frames;
    private final Window window;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Organisation> organisations = new HashMap<>();
    private boolean closed;

    Ring(Frames frames, int maxEntries, long maxBytes) {
        this.frames = frames;
        this.window = new Window(maxEntries, maxBytes);
    }

    /** An organisation that has clients. */
    final class Organisation {
        private final String tenant;
        private final Condition grown = lock.newCondition();
        private int clients;

        /** It has no later event in the ring. */
        private long last;

        private Organisation(String tenant, long last) {
            this.tenant = tenant;
            this.last = last;
        }
    }

    /** A client comes; to be called before anything else with its organisation. */
    Organisation join(String tenant) {
        lock.lock();
        try {
            // Nobody has looked for its events so far: the last one may be one.
            Organisation joined =
                    organisations.computeIfAbsent(
                            tenant, name -> new Organisation(name, window.next() - 1));
            joined.clients++;
            return joined;
        } finally {
            lock.unlock();
        }
    }

    /** A client goes. */
    void leave(Organisation organisation) {
        lock.lock();
        try {
            organisation.clients--;
            if (organisation.clients == 0) organisations.remove(organisation.tenant);
        } finally {
            lock.unlock();
        }
    }

    /** Begins anew at a position, while there are no clients. */
    void restart(long position) {
        lock.lock();
        try {
            window.restart(position);
        } finally {
            lock.unlock();
        }
    }

    /** The position that {@link #add} goes on with. */
    long next() {
        lock.lock();
        try {
            return window.next();
        } finally {
            lock.unlock();
        }
    }

    /** What the log has from {@link #next} on. */
    void add(List<Entry> entries) {
        lock.lock();
        try {
            for (Entry entry : entries) {
                window.add(new LiveEvent(entry, frames));
                Organisation organisation = organisations.get(entry.tenant());
                if (organisation != null) organisation.last = entry.position();
            }
            long before = window.next() - entries.size();
            for (Organisation each : organisations.values())
                if (each.last >= before) each.grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a client at this position has {@link Next.Missed missed} something. */
    boolean isMissed(Organisation organisation, long position) {
        lock.lock();
        try {
            return organisation.last > position && position + 1 < window.first();
        } finally {
            lock.unlock();
        }
    }

    /** What comes for a client after a position, as soon as there is something. */
    Next after(Organisation organisation, long position, Duration timeout)
            throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (!closed && organisation.last <= position && left > 0)
                left = organisation.grown.awaitNanos(left);
            if (closed) return new Next.End();
            if (isMissed(organisation, position)) return new Next.Missed();
            return step(organisation, position);
        } finally {
            lock.unlock();
        }
    }

    private Next.Events step(Organisation organisation, long position) {
        if (organisation.last <= position)
            return new Next.Events(List.of(), Math.max(position, window.next() - 1));
        List<LiveEvent> events = new ArrayList<>();
        long weight = 0;
        long at = position + 1;
        long stop = Math.min(window.next(), at + STEP_EVENTS);
        for (; at < stop && weight < STEP_BYTES; at++) {
            LiveEvent event = window.get(at);
            if (!event.isOf(organisation.tenant)) continue;
            events.add(event);
            weight += event.weight();
        }
        return new Next.Events(events, at - 1);
    }

    /** All clients come to their end. */
    void close() {
        lock.lock();
        try {
            closed = true;
            organisations.values().forEach(each -> each.grown.signalAll());
        } finally {
            lock.unlock();
        }
    }
}
