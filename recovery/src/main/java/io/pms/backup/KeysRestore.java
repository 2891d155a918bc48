package io.pms.backup;

import io.pms.log.DatabaseUrl;
import io.pms.log.LogOrigins;
import io.pms.log.seal.KeysFromBackup;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Brings people's keys, and nothing else, from a backup into a database that has their log. */
final class KeysRestore {
    private static final String TABLE = "subject_key";

    private final BackupStore store;
    private final Backup backup;
    private final DatabaseUrl database;
    private final BackupProgress progress;

    KeysRestore(BackupStore store, Backup backup, DatabaseUrl database, BackupProgress progress) {
        this.store = store;
        this.backup = backup;
        this.database = database;
        this.progress = progress;
    }

    RestoredKeys restore() {
        Backup.Table table =
                backup.tables().stream()
                        .filter(found -> found.name().equals(TABLE))
                        .findFirst()
                        .orElseThrow(() ->
                                new BackupException(
                                        "backup " + backup.name() + " has no keys of people"));
        List<RestoredKeys> restored = new ArrayList<>();
        for (Backup.Log log : backup.logs()) if (isIn(log)) restored.add(restore(table, log.id()));
        if (restored.isEmpty())
            throw new IllegalStateException(
                    "there is no log in %s that backup %s is of: restore the log first"
                            .formatted(database, backup.name()));
        return restored.stream().reduce(RestoredKeys.NONE, RestoredKeys::plus);
    }

    /**
     * @throws IllegalStateException when the database has another log: keys that are not its own
     *     would keep the right ones out
     */
    private boolean isIn(Backup.Log log) {
        List<String> origins = LogOrigins.of(database, log.id());
        if (origins.isEmpty()) return false;
        if (!origins.contains(log.origin()))
            throw new IllegalStateException(
                    "backup %s is of the log %s, and the database has %s: choose a backup of that one"
                            .formatted(backup.name(), log.origin(), origins.getFirst()));
        return true;
    }

    private RestoredKeys restore(Backup.Table table, int logId) {
        List<String> columns = table.columns().stream().map(Column::name).toList();
        try (KeysFromBackup keys = KeysFromBackup.open(database, logId)) {
            new TableRows(store, backup, table, progress)
                    .forEach(values -> {
                        Row row = new Row(columns, values);
                        if (Integer.parseInt(row.text("log_id")) == logId) add(keys, row);
                    });
            return new RestoredKeys(keys.added(), keys.there(), keys.erased(), keys.others());
        } catch (SQLException e) {
            throw new IllegalStateException(e); // it takes no rows by itself
        }
    }

    private static void add(KeysFromBackup keys, Row row) {
        byte[] wrapped = row.value("wrapped");
        if (wrapped == null)
            keys.addDestroyed(
                    row.text("tenant"), row.text("subject"), Long.parseLong(row.text("erased")));
        else
            keys.add(
                    row.text("tenant"),
                    row.text("subject"),
                    row.text("key_id"),
                    row.text("master_key"),
                    wrapped);
    }

    private record Row(List<String> columns, byte[] @Nullable [] values) {
        byte @Nullable [] value(String column) {
            return values[columns.indexOf(column)];
        }

        String text(String column) {
            return new String(
                    Objects.requireNonNull(value(column), column), StandardCharsets.UTF_8);
        }
    }
}
