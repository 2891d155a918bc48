package io.pms.backup;

import io.pms.log.LogTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A database as it was at one moment, however long it is read and whatever is written meanwhile:
 * one transaction that locks nothing.
 */
final class Snapshot implements AutoCloseable {
    private final Connection connection;

    private Snapshot(Connection connection) {
        this.connection = connection;
    }

    static Snapshot begin(Connection connection) throws SQLException {
        execute(connection, "SET time_zone = '+00:00'");
        execute(connection, "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        execute(connection, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
        return new Snapshot(connection);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * @param rows about how many there are
     */
    record Named(String table, long rows) {}

    /**
     * Every table that is backed up: all there are, whoever made them, but for which migrations
     * were run (a restore runs them again) and what an unfinished restore has left. The heads of
     * the logs come first, because each commit changes them, and the largest tables last.
     *
     * @throws BackupException when a table is of an engine that knows no snapshots, or there is no
     *     log
     */
    List<Named> tables() throws SQLException {
        String sql =
                "SELECT table_name, engine, COALESCE(table_rows, 0) FROM information_schema.tables"
                        + " WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'"
                        + " ORDER BY table_name <> '"
                        + LogTables.HEADS
                        + "', COALESCE(data_length, 0), table_name";
        List<Named> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                String table = row.getString(1);
                if (table.equals(LogTables.HISTORY) || LogTables.isOfRestore(table)) continue;
                requireInnoDb(table, row.getString(2));
                tables.add(new Named(table, row.getLong(3)));
            }
        }
        if (tables.stream().noneMatch(found -> found.table().equals(LogTables.HEADS)))
            throw new BackupException("there is no log in this database");
        return tables;
    }

    private static void requireInnoDb(String table, @Nullable String engine) {
        if (!"InnoDB".equalsIgnoreCase(engine))
            throw new BackupException(
                    "table %s is of the engine %s: only InnoDB can be read as of one moment; ALTER TABLE %s ENGINE = InnoDB"
                            .formatted(table, engine, table));
    }

    String server() throws SQLException {
        return connection.getMetaData().getDatabaseProductVersion();
    }

    String schema() throws SQLException {
        return LogTables.version(connection);
    }

    List<Backup.Log> logs() throws SQLException {
        List<Backup.Log> logs = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT log_id, origin, size, root FROM log_head ORDER BY log_id")) {
            while (row.next())
                logs.add(
                        new Backup.Log(
                                row.getInt(1),
                                row.getString(2),
                                row.getLong(3),
                                Base64.getEncoder().encodeToString(row.getBytes(4))));
        }
        return logs;
    }

    SourceTable describe(String table) throws SQLException {
        return SourceTable.describe(connection, table);
    }

    /** Takes a row; its bytes are its own. */
    interface Rows {
        void take(byte[] @Nullable [] row);
    }

    /** Every row, one at a time. Migrations need not wait for a table that has been read. */
    void read(SourceTable table, Rows rows) throws SQLException {
        execute(connection, "SAVEPOINT table_is_next");
        try (PreparedStatement select =
                connection.prepareStatement(
                        table.select(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            select.setFetchSize(Integer.MIN_VALUE); // as they arrive: Connector/J would hold all
            try (ResultSet row = select.executeQuery()) {
                readAll(row, table.columns().size(), rows);
            }
        }
        execute(connection, "ROLLBACK TO SAVEPOINT table_is_next");
    }

    /** Else closing what was not read to its end would read the rest of it. */
    private void readAll(ResultSet row, int columns, Rows rows) throws SQLException {
        boolean done = false;
        try {
            while (row.next()) rows.take(values(row, columns));
            done = true;
        } finally {
            if (!done) connection.abort(Runnable::run);
        }
    }

    private static byte[] @Nullable [] values(ResultSet row, int columns) throws SQLException {
        byte[] @Nullable [] values = new byte[columns] @Nullable [];
        for (int i = 0; i < columns; i++) values[i] = row.getBytes(i + 1);
        return values;
    }

    @Override
    public void close() throws SQLException {
        execute(connection, "ROLLBACK");
    }
}
