package io.pms.backup;

import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The rows of a table of a backup. */
final class TableRows {
    private static final int SHOW_EVERY = 10_000;

    private final BackupStore store;
    private final Backup backup;
    private final Backup.Table table;
    private final BackupProgress progress;

    TableRows(BackupStore store, Backup backup, Backup.Table table, BackupProgress progress) {
        this.store = store;
        this.backup = backup;
        this.table = table;
        this.progress = progress;
    }

    /** Takes a row; its values are in the order of the table's columns. */
    interface Taker {
        void take(byte[] @Nullable [] row) throws SQLException;
    }

    /**
     * Reads all of them. A row is taken when the part that it is of is what was written.
     *
     * @throws BackupException when parts are missing or not what was written
     */
    void forEach(Taker taker) throws SQLException {
        try (RowsInput rows =
                new RowsInput(new PartsInput(store, table.parts()), table.columns().size())) {
            read(rows, taker);
        } catch (IOException e) {
            throw new BackupException(
                    "table %s is damaged in backup %s: %s"
                            .formatted(table.name(), backup.name(), e),
                    e);
        }
    }

    private void read(RowsInput rows, Taker taker) throws IOException, SQLException {
        String what = "restoring " + table.name();
        progress.show(what, 0, table.rows());
        for (long row = 1; row <= table.rows(); row++) {
            taker.take(rows.read());
            if (row % SHOW_EVERY == 0) progress.show(what, row, table.rows());
        }
        if (!rows.isAtEnd())
            throw new IOException("there are more than %,d rows".formatted(table.rows()));
    }
}
