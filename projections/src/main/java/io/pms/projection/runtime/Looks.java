package io.pms.projection.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at something when somebody asks how it is, one look at a time, on a thread of its own: who
 * asks waits for servers that hang, but not for long. Thread-safe.
 */
final class Looks {
    private static final Logger LOGGER = LoggerFactory.getLogger(Looks.class);

    /** However many ask. */
    private static final Duration AT_MOST_EVERY = Duration.ofMillis(400);

    /** What does not answer is not asked more often. */
    private static final Duration AFTER_SILENCE = Duration.ofSeconds(2);

    /** Servers that answer do so much sooner; health must not wait longer for those that hang. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final BooleanSupplier look;
    private @Nullable CountDownLatch underWay;
    private long next = System.nanoTime();
    private long changes;
    private long seenChanges;
    private boolean closed;

    /**
     * @param look keeps what it sees; answers whether everything was there to be seen. Never called
     *     twice at a time
     */
    Looks(BooleanSupplier look) {
        this.look = look;
    }

    /** What was seen until now is not so any more, nor what is being looked at. */
    synchronized void changed() {
        changes++;
        next = System.nanoTime();
    }

    /**
     * Looks if the last look is old, and waits for it. While another caller's look is under way the
     * last one is good enough, unless something has {@link #changed} since it began.
     */
    void lookAgain() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (CountDownLatch look = awaited(); look != null; look = awaited())
            if (!isOver(look, end)) return;
    }

    private synchronized @Nullable CountDownLatch awaited() {
        boolean isDue = underWay == null && System.nanoTime() - next >= 0 && !closed;
        if (isDue) underWay = begin();
        return isDue || seenChanges < changes ? underWay : null;
    }

    private CountDownLatch begin() {
        CountDownLatch over = new CountDownLatch(1);
        long seeing = changes;
        Thread.ofVirtual().name("look").start(() -> look(seeing, over));
        return over;
    }

    private void look(long seeing, CountDownLatch over) {
        boolean answered = false;
        try {
            answered = look.getAsBoolean();
        } catch (RuntimeException e) {
            if (!isClosed()) LOGGER.warn("cannot tell how far projections are", e);
        } finally {
            end(seeing, answered);
            over.countDown();
        }
    }

    private synchronized void end(long seeing, boolean answered) {
        underWay = null;
        seenChanges = seeing;
        Duration pause = answered ? AT_MOST_EVERY : AFTER_SILENCE;
        if (seeing == changes) next = System.nanoTime() + pause.toNanos();
    }

    private static boolean isOver(CountDownLatch look, long end) {
        try {
            return look.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** What is under way ends by itself. */
    synchronized void close() {
        closed = true;
    }
}
