package io.pms.archive;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How well the log is archived, for health, metrics and those who wait. Thread-safe.
 *
 * <p>The RPO is the age of the oldest event that is not behind a published checkpoint. Where it
 * cannot be looked up it goes on growing from what was known last: a dead archiver or database
 * never looks like a good one.
 */
public final class ArchiveStatus {
    private final InstantSource clock;
    private long size;
    private long archived;
    private Instant safeUntil;
    private Instant lookedAt;
    private boolean active;
    private @Nullable String problem;
    private boolean forked;

    public ArchiveStatus(InstantSource clock) {
        this.clock = clock;
        this.safeUntil = clock.instant();
        this.lookedAt = safeUntil;
    }

    /** What was found in the database just now. */
    synchronized void found(ArchiveState.Reading reading) {
        size = reading.size();
        if (!active) archived = reading.archived();
        lookedAt = clock.instant();
        Long oldest = reading.oldestMicros();
        safeUntil = oldest == null ? lookedAt : earlier(instant(oldest), lookedAt);
        notifyAll();
    }

    /** A database's clock may lead this one's. */
    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(
                Duration.ofSeconds(micros / 1_000_000, micros % 1_000_000 * 1_000));
    }

    /** That a checkpoint of this size is published. */
    synchronized void published(long entries) {
        archived = entries;
        problem = null;
        forked = false;
        notifyAll();
    }

    synchronized void active(boolean whether) {
        active = whether;
    }

    synchronized void failed(String what, boolean isFork) {
        problem = what;
        forked |= isFork;
        notifyAll();
    }

    /** Entries behind a published checkpoint, as far as this process knows. */
    public synchronized long archived() {
        return archived;
    }

    /** Entries of the log that are not, as of the last look. */
    public synchronized long lagEvents() {
        return Math.max(0, size - archived);
    }

    /** What would be lost now if the database were. */
    public synchronized Duration rpo() {
        Instant now = clock.instant();
        if (archived >= size && Duration.between(lookedAt, now).compareTo(STALE) < 0)
            return Duration.ZERO;
        Duration age = Duration.between(safeUntil, now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** Looks are a second apart; after some that failed nothing is known any more. */
    private static final Duration STALE = Duration.ofSeconds(5);

    /** Everything recorded before is behind a checkpoint. */
    public synchronized Instant durableUntil() {
        return clock.instant().minus(rpo());
    }

    /** Whether this process is the one that archives. */
    public synchronized boolean isActive() {
        return active;
    }

    /** What is wrong; null when nothing is known to be. */
    public synchronized @Nullable String problem() {
        return problem;
    }

    /** Whether archive and log contradict each other. */
    public synchronized boolean isForked() {
        return forked;
    }

    /**
     * Waits until the archive has more than {@code position}, or the time is over; answers whether
     * it has.
     */
    public synchronized boolean awaitBeyond(long position, Duration timeout)
            throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (archived <= position) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) return false;
            wait(millis);
        }
        return true;
    }
}
