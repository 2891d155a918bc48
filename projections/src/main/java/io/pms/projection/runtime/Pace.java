package io.pms.projection.runtime;

import io.pms.log.EventLog;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * How hard builds that are far behind may work. As long as the log does not grow, or somebody waits
 * for what they make, they take what the machine has. While people work they rest for most of the
 * time and work in small portions, so that what people do is visible as soon as ever. An import is
 * not people: it would outrun whoever rests. Used by the thread of one feed.
 */
final class Pace implements AutoCloseable {
    /** People pause, and they are still there. */
    private static final Duration REMEMBERED = Duration.ofSeconds(2);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    /** Events a second; more come from imports. */
    private static final long MOST_BY_PEOPLE = 2_000;

    private static final long SHORTEST_WORK_NANOS = 300_000;
    private static final long LONGEST_REST_NANOS = 20_000_000;

    /** Who could not keep up by resting, or met a Redis that does not answer. */
    private static final Duration HURRY = Duration.ofSeconds(10);

    /** Rest for each time that was worked. */
    private static final long RESTS = 2;

    private final EventLog.Subscription growth;
    private final LongSupplier nanos;
    private volatile long size = -1;
    private long lookedSize = -1;
    private long lookedAt;
    private long peopleUntil;
    private long hurryUntil;
    private boolean anyoneWaits;
    private long resumedAt;

    /**
     * @param growth tells the log's size whenever it has grown
     * @param nanos the time, as {@link System#nanoTime}
     */
    Pace(Function<LongConsumer, EventLog.Subscription> growth, LongSupplier nanos) {
        this.nanos = nanos;
        this.lookedAt = nanos.getAsLong();
        this.peopleUntil = lookedAt;
        this.hurryUntil = lookedAt;
        this.resumedAt = lookedAt;
        this.growth = growth.apply(newSize -> size = newSize);
    }

    /** Considers who works on this log. */
    static Pace considerate(EventLog log) {
        return new Pace(log::subscribe, System::nanoTime);
    }

    /** Considers nobody. */
    static Pace asFastAsPossible() {
        return new Pace(nobody -> () -> {}, System::nanoTime);
    }

    /** Whether people work and can be considered. */
    boolean isConsiderate() {
        long now = nanos.getAsLong();
        if (now - lookedAt >= LOOK_EVERY.toNanos()) look(now);
        return !anyoneWaits && peopleUntil - now > 0 && hurryUntil - now <= 0;
    }

    /**
     * @param waits whether anyone waits for what is being built, because nothing else answers
     */
    void anyoneWaits(boolean waits) {
        anyoneWaits = waits;
    }

    /** For a while it considers nobody. */
    void hurry() {
        hurryUntil = nanos.getAsLong() + HURRY.toNanos();
    }

    private void look(long now) {
        boolean known = lookedSize >= 0 && now - lookedAt < REMEMBERED.toNanos();
        long grown = known ? size - lookedSize : 0;
        long most = MOST_BY_PEOPLE * (now - lookedAt) / TimeUnit.SECONDS.toNanos(1);
        if (grown > most) peopleUntil = now;
        else if (grown > 0) peopleUntil = now + REMEMBERED.toNanos();
        lookedSize = size;
        lookedAt = now;
    }

    /** Called now and then while working. */
    void rest() {
        boolean considerate = isConsiderate();
        long worked = nanos.getAsLong() - resumedAt;
        if (considerate && worked < SHORTEST_WORK_NANOS) return;
        try {
            if (considerate)
                TimeUnit.NANOSECONDS.sleep(Math.min(RESTS * worked, LONGEST_REST_NANOS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
        resumedAt = nanos.getAsLong();
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
            hurry(); // whoever settles it is told; the others need not be waited for
            return;
        }
        rest();
    }

    @Override
    public void close() {
        growth.close();
    }
}
