package io.pms.backup;

import io.pms.log.DatabaseUrl;
import io.pms.objects.ObjectStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The backups of a database in one place. Thread-safe; several processes may use the same place.
 *
 * <p>A backup is there when its manifest is, which is written last: one that was cut off, at any
 * moment, is none.
 */
public final class Backups implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ObjectStore objects;
    private final BackupStore store;
    private final InstantSource clock;

    /**
     * @param objects closed with it
     */
    public Backups(ObjectStore objects, InstantSource clock) {
        this(objects, clock, PATIENCE);
    }

    Backups(ObjectStore objects, InstantSource clock, Duration patience) {
        this.objects = objects;
        this.store = new BackupStore(objects, patience);
        this.clock = clock;
    }

    /**
     * Backs a database up as it is now, while others write.
     *
     * @param database with an account that may read all tables, as the application's may
     * @throws BackupException when it is not backed up, also because another process does so now
     * @throws io.pms.objects.ObjectStoreException when the store fails
     */
    public Backup write(DatabaseUrl database, BackupProgress progress) {
        try (Turn turn = Turn.take(database)) {
            if (turn == null)
                throw new BackupException(
                        "another process is backing " + database + " up: wait until it has ended");
            return write(turn, database, progress);
        }
    }

    Backup write(Turn turn, DatabaseUrl database, BackupProgress progress) {
        return new BackupWriter(store, database, clock, progress).write(turn);
    }

    /** The names of all, the oldest first. */
    public List<String> names() {
        return store.finished().stream().map(BackupName::text).toList();
    }

    /**
     * @throws BackupException when its manifest is damaged
     */
    public Optional<Backup> find(String name) {
        return BackupName.parse(name).flatMap(store::read);
    }

    /** Whether every part is there. What is in them is looked at when they are restored. */
    public boolean isWhole(Backup backup) {
        return store.isWhole(backup);
    }

    /**
     * Fills an empty database with a backup, verifies its logs, and brings its tables up to date.
     *
     * @param owner with an account that may make tables and triggers
     * @throws BackupException when the backup is not whole or not what was written; there is no log
     *     in the database then, and the next attempt begins again
     * @throws IllegalStateException when the database is not empty
     * @throws io.pms.objects.ObjectStoreException when the store fails
     */
    public Restored restore(Backup backup, DatabaseUrl owner, BackupProgress progress) {
        return new BackupRestore(store, backup, owner, progress).restore();
    }

    /**
     * Brings people's keys back, and nothing else, into a database whose log was restored from its
     * archive. Erased people stay erased as of the backup.
     *
     * @param owner with an account that may write to all tables
     * @return how many keys
     * @throws BackupException when they are not what was written
     * @throws IllegalStateException when the database has keys already, or no tables
     */
    public long restoreKeys(Backup backup, DatabaseUrl owner, BackupProgress progress) {
        return new KeyRestore(store, backup, owner, progress).restore();
    }

    BackupStore store() {
        return store;
    }

    @Override
    public void close() {
        objects.close();
    }
}
