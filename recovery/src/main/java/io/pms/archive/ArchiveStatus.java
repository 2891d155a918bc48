package io.pms.archive;

import io.pms.entry.EntryTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How well the log is archived, for health, metrics and those who wait. Thread-safe.
 *
 * <p>The RPO is the age of the oldest event that is not behind a published checkpoint. An event's
 * age is counted from when this process saw it, by a clock that never jumps; of those that were
 * there before, from their recorded time at the first look. Where the database cannot be asked the
 * RPO goes on growing from what was known last: a dead archiver or database never looks like a good
 * one.
 */
public final class ArchiveStatus {
    /** Looks are a second apart; one that takes longer knows nothing of now. */
    private static final long STALE_NANOS = Duration.ofSeconds(2).toNanos();

    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Growth growth = new Growth();
    private long size;
    private long archived;
    private long grownNanos;
    private long lookedNanos;
    private boolean blind = true;
    private long oldPosition = -1;
    private long oldNanos;
    private boolean active;
    private @Nullable String problem;
    private boolean forked;

    public ArchiveStatus(InstantSource clock) {
        this(clock, System::nanoTime);
    }

    /**
     * @param clock that recorded times are compared with
     * @param nanos a clock that never jumps
     */
    ArchiveStatus(InstantSource clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.lookedNanos = nanos.getAsLong();
        this.grownNanos = lookedNanos;
        this.oldNanos = lookedNanos;
    }

    /** The log has at least this size. */
    synchronized void grown(long to) {
        grownNanos = nanos.getAsLong();
        growth.seen(to, grownNanos);
        size = Math.max(size, to);
    }

    /** A look into the database begins: answers when, for {@link #found}. */
    long look() {
        return nanos.getAsLong();
    }

    /** What was found in the database by a look that began then. */
    synchronized void found(ArchiveState.Reading reading, long begun) {
        boolean isNewest = grownNanos - begun < 0;
        if (isNewest && reading.size() < size) growth.clear(); // it has lost events
        size = isNewest ? reading.size() : Math.max(size, reading.size());
        growth.seen(reading.size(), begun);
        if (!active) archivedByOthers(reading.archived());
        if (reading.archived() == archived) age(reading.oldestMicros(), begun);
        lookedNanos = begun;
        blind = false;
        notifyAll();
    }

    private void archivedByOthers(long entries) {
        if (entries > archived) { // they have compared it with the same log
            problem = null;
            forked = false;
        }
        archived = entries;
        growth.forget(entries);
    }

    /** Once for each position, so that a clock that jumps afterwards changes nothing. */
    private void age(@Nullable Long oldestMicros, long begun) {
        if (oldestMicros == null || oldPosition == archived) return;
        oldPosition = archived;
        long ageMicros = EntryTime.toMicros(clock.instant()) - oldestMicros;
        oldNanos = begun - Math.max(0, ageMicros) * 1_000; // a database's clock may lead this one's
    }

    /** The database cannot be asked. */
    synchronized void blind() {
        blind = true;
    }

    /** That a checkpoint of this size is published. */
    synchronized void published(long entries) {
        problem = null;
        forked = false;
        resumed(entries);
    }

    /** That the newest checkpoint has this size. */
    synchronized void resumed(long entries) {
        archived = entries;
        growth.forget(entries);
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

    /** Entries of the log that are not, as far as this process knows. */
    public synchronized long lagEvents() {
        return Math.max(0, size - archived);
    }

    /** What would be lost now if the database were. */
    public synchronized Duration rpo() {
        long now = nanos.getAsLong();
        if (archived < size) return Duration.ofNanos(Math.max(0, now - oldestNanos()));
        long unknown = now - lookedNanos;
        return blind || unknown > STALE_NANOS ? Duration.ofNanos(unknown) : Duration.ZERO;
    }

    private long oldestNanos() {
        Long seen = growth.seenAt(archived);
        return seen == null ? oldNanos : seen;
    }

    /** Everything recorded before is behind a checkpoint. */
    public Instant durableUntil() {
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
            long left = end - System.nanoTime();
            if (left <= 0) return false;
            wait(left / 1_000_000 + 1);
        }
        return true;
    }
}
