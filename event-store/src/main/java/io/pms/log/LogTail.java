package io.pms.log;

import io.pms.log.EventLog.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when the log has grown: at once for this process's own appends and for what a {@link
 * LogSignal} says of others, and by reading the one-row head in between, as long as anybody
 * listens. It announces committed sizes only.
 */
final class LogTail implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(LogTail.class);

    private final LongSupplier committedSize;
    private final Duration pollInterval;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final Condition wanted = lock.newCondition();
    private final List<LongConsumer> subscribers = new CopyOnWriteArrayList<>();
    private final Thread poller;
    private volatile long size;
    private int waiting;
    private volatile boolean closed;

    /**
     * @param committedSize reads the log's size from the database
     */
    LogTail(LongSupplier committedSize, Duration pollInterval, int logId) {
        this.committedSize = committedSize;
        this.pollInterval = pollInterval;
        this.poller = Thread.ofVirtual().name("log-tail-" + logId).unstarted(this::poll);
    }

    void start() {
        poller.start();
    }

    long size() {
        return size;
    }

    /** Something committed: the log has at least this size. */
    void advance(long newSize) {
        lock.lock();
        try {
            if (newSize <= size) return;
            size = newSize;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
        for (LongConsumer subscriber : subscribers) tell(subscriber, newSize);
    }

    private static void tell(LongConsumer subscriber, long size) {
        try {
            subscriber.accept(size);
        } catch (RuntimeException e) {
            LOGGER.error(
                    "a listener of the log's tail failed; it hears of the next event again", e);
        }
    }

    long awaitBeyond(long position, Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            waiting++;
            wanted.signal();
            while (size <= position && left > 0 && !closed) left = grown.awaitNanos(left);
            return size;
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    Subscription subscribe(LongConsumer subscriber) {
        subscribers.add(subscriber);
        lock.lock();
        try {
            wanted.signal();
        } finally {
            lock.unlock();
        }
        return () -> subscribers.remove(subscriber);
    }

    private void poll() {
        try {
            while (!closed) {
                awaitListeners();
                try {
                    advance(committedSize.getAsLong());
                } catch (LogUnavailableException e) {
                    LOGGER.debug("the head cannot be read", e);
                }
                TimeUnit.NANOSECONDS.sleep(pollInterval.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    private void awaitListeners() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting == 0 && subscribers.isEmpty()) wanted.await();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
        poller.interrupt();
    }
}
