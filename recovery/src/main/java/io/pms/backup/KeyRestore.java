package io.pms.backup;

import io.pms.log.DatabaseUrl;
import java.sql.SQLException;

/** Brings people's keys back from a backup, and nothing else of it. */
final class KeyRestore {
    private static final String KEYS = "subject_key";

    private final BackupStore store;
    private final Backup backup;
    private final DatabaseUrl owner;
    private final BackupProgress progress;

    KeyRestore(BackupStore store, Backup backup, DatabaseUrl owner, BackupProgress progress) {
        this.store = store;
        this.backup = backup;
        this.owner = owner;
        this.progress = progress;
    }

    /**
     * @return how many there are; in one that is destroyed the erasure comes back
     * @throws IllegalStateException when the database has no tables yet, or keys already
     */
    long restore() {
        Backup.Table keys =
                backup.tables().stream()
                        .filter(table -> table.name().equals(KEYS))
                        .findFirst()
                        .orElseThrow(() ->
                                new BackupException("backup " + backup.name() + " has no keys"));
        try (TableLoader loader = TableLoader.open(owner)) {
            requireReady(loader);
            loader.fill(store, backup, keys, KEYS, progress);
            return keys.rows();
        } catch (SQLException e) {
            throw BackupException.failed(owner, e);
        }
    }

    private void requireReady(TableLoader loader) throws SQLException {
        if (loader.describe(KEYS).columns().isEmpty())
            throw new IllegalStateException(
                    owner + " has no tables yet: restore its log first, with ./pms restore");
        if (!loader.isEmpty(KEYS))
            throw new IllegalStateException(
                    owner + " has keys of people already: bring back others before ./pms up");
    }
}
