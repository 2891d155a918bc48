package io.pms.backup;

import io.pms.log.DatabaseUrl;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one backup. Not for a second one. */
final class BackupWriter {
    private static final Logger LOGGER = LoggerFactory.getLogger(BackupWriter.class);

    private static final int SHOW_EVERY = 10_000;

    private final BackupStore store;
    private final DatabaseUrl database;
    private final InstantSource clock;
    private final BackupProgress progress;
    private final Instant begun;
    private final BackupName name;
    private int parts;

    BackupWriter(
            BackupStore store, DatabaseUrl database, InstantSource clock, BackupProgress progress) {
        this.store = store;
        this.database = database;
        this.clock = clock;
        this.progress = progress;
        this.begun = clock.instant();
        this.name = BackupName.at(begun);
    }

    /**
     * @throws BackupException when the database fails, or its logs are not those of the backups
     *     that are there
     * @throws io.pms.objects.ObjectStoreException when the store fails; in both cases there is no
     *     backup
     */
    Backup write(Turn turn) {
        try (Snapshot snapshot = Snapshot.begin(turn.connection())) {
            Backup backup = read(snapshot);
            requireWhole(backup);
            store.publish(name, backup);
            return backup;
        } catch (SQLException e) {
            discard();
            throw new BackupException(
                    "the database at %s failed while it was backed up: %s"
                            .formatted(database, e.getMessage()),
                    e);
        } catch (RuntimeException e) {
            discard();
            throw e;
        }
    }

    private Backup read(Snapshot snapshot) throws SQLException {
        List<Snapshot.Named> all = snapshot.tables();
        List<Backup.Log> logs = snapshot.logs();
        requireSameLogs(logs);
        List<Backup.Table> tables = new ArrayList<>();
        for (Snapshot.Named table : all) tables.add(read(snapshot, table));
        return new Backup(
                Backup.FORMAT,
                name.text(),
                begun,
                clock.instant(),
                snapshot.server(),
                snapshot.schema(),
                logs,
                tables);
    }

    private Backup.Table read(Snapshot snapshot, Snapshot.Named named) throws SQLException {
        SourceTable table = snapshot.describe(named.table());
        PartsOutput output =
                new PartsOutput(store, () -> BackupStore.partKey(name, parts++, table.name()));
        RowsOutput rows = new RowsOutput(output);
        String what = "backing up " + table.name();
        progress.show(what, 0, named.rows());
        snapshot.read(
                table,
                row -> {
                    rows.write(row);
                    if (rows.count() % SHOW_EVERY == 0)
                        progress.show(what, rows.count(), Math.max(named.rows(), rows.count()));
                });
        rows.end();
        return new Backup.Table(table.name(), table.columns(), rows.count(), output.end());
    }

    /** Else the backups of one database would let those of the other expire. */
    private void requireSameLogs(List<Backup.Log> logs) {
        List<String> theirs =
                store.newest(store.finished()).stream()
                        .flatMap(backup -> backup.logs().stream())
                        .map(Backup.Log::origin)
                        .toList();
        if (!theirs.isEmpty() && logs.stream().map(Backup.Log::origin).noneMatch(theirs::contains))
            throw new BackupException(
                    "there are backups of %s, and the database has other logs: each database needs a place of its own"
                            .formatted(theirs.getFirst()));
    }

    /** Somebody may have cleaned up meanwhile. */
    private void requireWhole(Backup backup) {
        if (!store.isWhole(backup))
            throw new BackupException(
                    "parts of backup " + name + " are gone before it was finished");
    }

    private void discard() {
        try {
            store.delete(name);
        } catch (RuntimeException e) {
            LOGGER.warn("parts of a backup that failed stay for a day: {}", e.getMessage());
        }
    }
}
