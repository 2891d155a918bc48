package io.pms.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** How well the database is backed up, for health, metrics and whoever asks. Thread-safe. */
public final class BackupStatus {
    private final InstantSource clock;
    private final Duration every;
    private final Instant started;
    private @Nullable Backup newest;
    private long failures;
    private @Nullable String failure;

    /**
     * @param every how often there is to be one
     */
    public BackupStatus(InstantSource clock, Duration every) {
        this.clock = clock;
        this.every = every;
        this.started = clock.instant();
    }

    /** That this is the newest one, whoever made it. */
    synchronized void found(Backup backup) {
        newest = backup;
    }

    /** What had failed is done, by whomever. */
    synchronized void recovered() {
        failure = null;
    }

    synchronized void failed(String what) {
        failures++;
        failure = what;
    }

    /** The newest backup, as far as this process knows; null when there is none. */
    public synchronized @Nullable Backup newest() {
        return newest;
    }

    /** The moment that can be gone back to; null when there is none. */
    public synchronized @Nullable Instant lastSuccess() {
        return newest == null ? null : newest.begun();
    }

    /** How often this process has failed at it. */
    public synchronized long failures() {
        return failures;
    }

    /**
     * What is wrong: the failure of the last attempt, or that there has been no backup for twice as
     * long as there should; null when all is well.
     */
    public synchronized @Nullable String problem() {
        if (failure != null) return failure;
        Instant since = newest == null ? started : newest.begun();
        Duration age = Duration.between(since, clock.instant());
        if (age.compareTo(every.multipliedBy(2)) <= 0) return null;
        return "the database was not backed up for " + age.toHours() + " hours";
    }
}
