package io.pms.backup;

import io.pms.log.DatabaseUrl;
import io.pms.log.Head;
import io.pms.log.LogTables;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Fills an empty database with a backup. */
final class BackupRestore {
    private final BackupStore store;
    private final Backup backup;
    private final DatabaseUrl owner;
    private final BackupProgress progress;

    BackupRestore(BackupStore store, Backup backup, DatabaseUrl owner, BackupProgress progress) {
        this.store = store;
        this.backup = backup;
        this.owner = owner;
        this.progress = progress;
    }

    /**
     * @throws BackupException when parts are missing or not what was written, or what they make is
     *     not what was backed up; there is no log in the database then, and the next attempt begins
     *     again
     * @throws IllegalStateException when the database is not empty
     */
    Restored restore() {
        if (!store.isWhole(backup))
            throw new BackupException("parts of backup " + backup.name() + " are missing");
        LogTables tables = LogTables.begin(owner, backup.schema());
        List<String> leftOut = new ArrayList<>();
        try (TableLoader loader = TableLoader.open(owner)) {
            for (Backup.Table table : backup.tables())
                if (!loader.fill(store, backup, table, tables.target(table.name()), progress))
                    leftOut.add(table.name());
        } catch (SQLException e) {
            throw BackupException.failed(owner, e);
        }
        requireSameLogs(tables.heads());
        tables.finish((done, all) -> progress.show("verifying events", done, all));
        return new Restored(backup, leftOut);
    }

    private void requireSameLogs(List<Head> heads) {
        List<Backup.Log> logs =
                heads.stream()
                        .map(head ->
                                new Backup.Log(
                                        head.logId(),
                                        head.origin(),
                                        head.size(),
                                        Base64.getEncoder().encodeToString(head.root())))
                        .toList();
        if (!logs.equals(backup.logs()))
            throw new BackupException(
                    "the heads of the logs are not those of backup %s: %s instead of %s"
                            .formatted(backup.name(), logs, backup.logs()));
    }
}
