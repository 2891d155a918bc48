package io.pms.query.live;

import io.pms.log.EventLog;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the log's end into the ring, once for all clients, while there are any. Thread-safe. */
final class Follower {
    private static final Logger LOGGER = LoggerFactory.getLogger(Follower.class);

    /** Whoever loads a page again finds the ring as it was. */
    private static final Duration LINGER = Duration.ofSeconds(60);

    /** How soon it notices that nobody is there any more, or that it is to end. */
    private static final Duration IDLE = Duration.ofMillis(500);

    /**
     * Between two reads: a busy log commits up to a thousand times a second, and so many queries
     * and rounds of waking would show people nothing sooner.
     */
    private static final Duration PACE = Duration.ofMillis(10);

    /** The database does not answer. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final EventLog log;
    private final Ring ring;
    private final int ringEntries;
    private final ReentrantLock lock = new ReentrantLock();
    private int clients;
    private long lastLeftNanos;
    private boolean running;
    private volatile boolean closed;

    /**
     * @param ringEntries it begins with as many events as the ring holds
     */
    Follower(EventLog log, Ring ring, int ringEntries) {
        this.log = log;
        this.ring = ring;
        this.ringEntries = ringEntries;
    }

    /**
     * A client comes.
     *
     * @param size of the log, as it is now
     */
    void join(long size) {
        lock.lock();
        try {
            clients++;
            if (running || closed) return;
            running = true;
            ring.restart(Math.max(0, size - ringEntries));
            Thread.ofVirtual().name("live-follower").start(this::run);
        } finally {
            lock.unlock();
        }
    }

    /** A client goes. */
    void leave() {
        lock.lock();
        try {
            clients--;
            lastLeftNanos = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        closed = true;
    }

    private boolean goesOn() {
        lock.lock();
        try {
            boolean lingers = System.nanoTime() - lastLeftNanos < LINGER.toNanos();
            running = !closed && (clients > 0 || lingers);
            if (!running) ring.restart(0);
            return running;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        boolean failing = false;
        try {
            while (goesOn()) {
                try {
                    round();
                    failing = false;
                } catch (RuntimeException e) {
                    // The database does not answer; and whatever else it is, it is tried again.
                    if (closed) return;
                    if (!failing) LOGGER.warn("live updates cannot go on; they try again", e);
                    failing = true;
                    TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts it but to end it
        }
    }

    private void round() throws InterruptedException {
        long next = ring.next();
        if (log.awaitBeyond(next, IDLE) <= next) return;
        ring.add(log.read(next, EventLog.MAX_READ));
        TimeUnit.NANOSECONDS.sleep(PACE.toNanos());
    }
}
