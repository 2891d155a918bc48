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
        try (LogTables tables = LogTables.begin(owner, backup.schema())) {
            return restore(tables);
        }
    }

    private Restored restore(LogTables tables) {
        List<String> leftOut = new ArrayList<>();
        try (TableLoader loader = TableLoader.open(owner)) {
            for (Backup.Table table : backup.tables())
                if (!load(loader, tables, table)) leftOut.add(table.name());
        } catch (SQLException e) {
            throw new BackupException(
                    "the database at %s failed while it was restored: %s"
                            .formatted(owner, e.getMessage()),
                    e);
        }
        requireSameLogs(tables.heads());
        tables.finish((done, all) -> progress.show("verifying events", done, all));
        return new Restored(backup, leftOut);
    }

    private boolean load(TableLoader loader, LogTables tables, Backup.Table table)
            throws SQLException {
        SourceTable target = loader.describe(tables.target(table.name()));
        if (target.columns().isEmpty()) return false;
        if (!target.columns().equals(table.columns()))
            throw new BackupException(
                    "table %s has other columns in the backup than here".formatted(table.name()));
        try (TableLoader.Filling filling = loader.fill(target)) {
            new TableRows(store, backup, table, progress).forEach(filling::add);
            filling.end();
            return true;
        }
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
