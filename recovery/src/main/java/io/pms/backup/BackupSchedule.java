package io.pms.backup;

import io.pms.log.DatabaseUrl;
import io.pms.objects.ObjectStoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a backup when one is due and deletes those that have been kept long enough. Of several
 * processes one does it. What is due follows from the newest backup that there is: also after
 * everything was down, and whoever made it.
 */
final class BackupSchedule implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(BackupSchedule.class);

    /** A look costs a list of one page. */
    private static final Duration LOOK = Duration.ofMinutes(1);

    /** Whatever stands in the way is seldom gone in a minute. */
    static final Duration AFTER_FAILURE = Duration.ofMinutes(5);

    private final Backups backups;
    private final DatabaseUrl database;
    private final Duration every;
    private final BackupRetention retention;
    private final InstantSource clock;
    private final BackupStatus status;
    private final Thread thread;
    private Instant notBefore = Instant.MIN;

    /** Whether old backups are still to be deleted. */
    private boolean untidy;

    private volatile @Nullable Turn running;
    private volatile boolean closing;

    BackupSchedule(
            Backups backups,
            DatabaseUrl database,
            Duration every,
            BackupRetention retention,
            InstantSource clock,
            BackupStatus status) {
        if (!every.isPositive())
            throw new IllegalArgumentException("backups are some time apart: PMS_BACKUP_EVERY");
        this.backups = backups;
        this.database = database;
        this.every = every;
        this.retention = retention;
        this.clock = clock;
        this.status = status;
        this.thread = Thread.ofPlatform().name("backup").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!closing) {
                look();
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    /** Does what is to be done now. It never throws; what fails is tried again later. */
    void look() {
        if (clock.instant().isBefore(notBefore)) return;
        try {
            if (!isDue()) {
                if (untidy) clean();
                if (!untidy) status.recovered();
                return;
            }
            try (Turn turn = Turn.take(database)) {
                // another process may have done it while this one was about to
                if (turn != null && isDue()) take(turn);
            }
        } catch (RuntimeException e) {
            failed("the database is not backed up: " + e.getMessage(), e);
        }
    }

    /** One whose manifest is damaged does not count, nor one that a wrong clock put far ahead. */
    private boolean isDue() {
        Optional<Backup> newest = newest();
        newest.ifPresent(status::found);
        Instant now = clock.instant();
        return newest.map(Backup::begun)
                .map(begun -> begun.isAfter(now.plus(every)) || !begun.plus(every).isAfter(now))
                .orElse(true);
    }

    private Optional<Backup> newest() {
        List<BackupName> finished = backups.store().finished();
        Backup known = status.newest();
        boolean isKnown =
                known != null
                        && !finished.isEmpty()
                        && finished.getLast().text().equals(known.name());
        return isKnown ? Optional.ofNullable(known) : backups.store().newest(finished);
    }

    private void take(Turn turn) {
        running = turn;
        try {
            Backup backup = backups.write(turn, database, BackupProgress.NONE);
            status.found(backup);
            status.recovered();
            LOGGER.info(
                    "backed up {} rows as {}, {} bytes",
                    backup.rows(),
                    backup.name(),
                    backup.bytes());
        } finally {
            running = null;
            clean();
        }
    }

    /** Also when the backup has failed: what is promised to go goes. */
    private void clean() {
        try {
            Instant now = clock.instant();
            BackupStore store = backups.store();
            List<BackupName> finished = store.finished();
            delete(retention.expired(finished, store.newestWhole(finished), now));
            delete(retention.abandoned(store.unfinished(), now));
            untidy = false;
        } catch (RuntimeException e) {
            untidy = true;
            failed("old backups are not deleted: " + e.getMessage(), e);
        }
    }

    private void delete(List<BackupName> names) {
        for (BackupName name : names) {
            backups.store().delete(name);
            LOGGER.info("deleted the backup {}", name);
        }
    }

    private void failed(String what, RuntimeException e) {
        if (closing) return;
        notBefore = clock.instant().plus(AFTER_FAILURE);
        status.failed(what);
        if (e instanceof BackupException || e instanceof ObjectStoreException) LOGGER.warn(what);
        else LOGGER.error(what, e);
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        Turn turn = running;
        if (turn != null) turn.abort();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        backups.close();
    }
}
