package io.pms.projection.runtime;

import io.pms.log.EventLog;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * How hard builds that are far behind may work. As long as the log does not grow they take what the
 * machine has. While people work they rest for most of the time and work in small portions, so that
 * what people do is visible as soon as ever. An import is not people: it would outrun whoever
 * rests. Used by the thread of one feed.
 */
final class Pace implements AutoCloseable {
    /** People pause, and they are still there. */
    private static final Duration REMEMBERED = Duration.ofSeconds(2);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    /** Events a second; more come from imports. */
    private static final long MOST_BY_PEOPLE = 2_000;

    private static final long SHORTEST_WORK_NANOS = 300_000;
    private static final long LONGEST_REST_NANOS = 20_000_000;

    /** Rest for each time that was worked. */
    private static final long RESTS = 2;

    private final EventLog.Subscription growth;
    private volatile long size = -1;
    private long lookedSize = -1;
    private long lookedAt = System.nanoTime();
    private long peopleUntil = lookedAt;
    private long resumedAt = lookedAt;

    /** Considers who works on this log. */
    Pace(EventLog log) {
        this.growth = log.subscribe(newSize -> size = newSize);
    }

    private Pace() {
        this.growth = () -> {};
    }

    /** Considers nobody. */
    static Pace asFastAsPossible() {
        return new Pace();
    }

    /** Whether people work. */
    boolean isConsiderate() {
        long now = System.nanoTime();
        if (now - lookedAt >= LOOK_EVERY.toNanos()) look(now);
        return peopleUntil - now > 0;
    }

    private void look(long now) {
        long grown = lookedSize < 0 ? 0 : size - lookedSize;
        long most = MOST_BY_PEOPLE * (now - lookedAt) / TimeUnit.SECONDS.toNanos(1);
        if (grown > most) peopleUntil = now;
        else if (grown > 0) peopleUntil = now + REMEMBERED.toNanos();
        lookedSize = size;
        lookedAt = now;
    }

    /** Called now and then while working. */
    void rest() {
        boolean considerate = isConsiderate();
        long worked = System.nanoTime() - resumedAt;
        if (considerate && worked < SHORTEST_WORK_NANOS) return;
        try {
            if (considerate)
                TimeUnit.NANOSECONDS.sleep(Math.min(RESTS * worked, LONGEST_REST_NANOS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
        resumedAt = System.nanoTime();
    }

    /**
     * Called after each step that was sent: while people work it waits until Redis has done it.
     * Whether it was done is not looked at.
     */
    void restAfter(CompletionStage<?> step) {
        if (!isConsiderate()) return;
        try {
            RedisLink.await(step);
        } catch (RuntimeException e) {
            peopleUntil = System.nanoTime(); // whoever settles it is told; the others need not wait
            return;
        }
        rest();
    }

    @Override
    public void close() {
        growth.close();
    }
}
