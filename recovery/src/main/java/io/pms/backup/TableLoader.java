package io.pms.backup;

import io.pms.log.DatabaseUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills tables of one database. */
final class TableLoader implements AutoCloseable {
    /** Rows of an INSERT become one statement, which Connector/J fits to what the server takes. */
    private static final String OPTIONS =
            "rewriteBatchedStatements=true&useServerPrepStmts=false&characterEncoding=UTF-8"
                    + "&connectTimeout=5000&socketTimeout=600000";

    private static final int SHOW_EVERY = 10_000;
    private static final int BATCH_ROWS = 1_000;
    private static final long BATCH_BYTES = 2 << 20;

    private final Connection connection;

    private TableLoader(Connection connection) {
        this.connection = connection;
    }

    static TableLoader open(DatabaseUrl database) throws SQLException {
        Connection connection = DriverManager.getConnection(database.with(OPTIONS));
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET time_zone = '+00:00'");
            statement.execute(
                    "SET sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES'");
            statement.execute("SET unique_checks = 0");
            connection.setAutoCommit(false);
        }
        return new TableLoader(connection);
    }

    SourceTable describe(String table) throws SQLException {
        return SourceTable.describe(connection, table);
    }

    boolean isEmpty(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1 FROM " + table + " LIMIT 1")) {
            return !rows.next();
        }
    }

    /**
     * Fills a table with the rows that a backup has of one.
     *
     * @return false when there is no such table here
     * @throws BackupException when the rows are not what was backed up, or do not fit
     */
    boolean fill(
            BackupStore store,
            Backup backup,
            Backup.Table table,
            String target,
            BackupProgress progress)
            throws SQLException {
        SourceTable here = describe(target);
        if (here.columns().isEmpty()) return false;
        if (!here.columns().equals(table.columns()))
            throw new BackupException(
                    "table %s has other columns in the backup than here".formatted(table.name()));
        try (RowsInput rows =
                        new RowsInput(
                                new PartsInput(store, table.parts()), table.columns().size());
                Filling filling = fill(here)) {
            copy(table, rows, filling, progress);
            return true;
        } catch (IOException e) {
            throw new BackupException(
                    "table %s is damaged in backup %s: %s"
                            .formatted(table.name(), backup.name(), e),
                    e);
        }
    }

    private static void copy(
            Backup.Table table, RowsInput rows, Filling filling, BackupProgress progress)
            throws IOException, SQLException {
        String what = "restoring " + table.name();
        progress.show(what, 0, table.rows());
        for (long row = 1; row <= table.rows(); row++) {
            filling.add(rows.read());
            if (row % SHOW_EVERY == 0) progress.show(what, row, table.rows());
        }
        filling.end();
        if (!rows.isAtEnd())
            throw new IOException("there are more than %,d rows".formatted(table.rows()));
    }

    /** One table to be filled; it has everything when it is {@linkplain #end ended}. */
    final class Filling implements AutoCloseable {
        private final PreparedStatement insert;
        private final List<Column> columns;
        private int rows;
        private long bytes;

        private Filling(PreparedStatement insert, List<Column> columns) {
            this.insert = insert;
            this.columns = columns;
        }

        void add(byte[] @Nullable [] row) throws SQLException {
            for (int i = 0; i < row.length; i++) set(i, row[i]);
            insert.addBatch();
            if (++rows >= BATCH_ROWS || bytes >= BATCH_BYTES) end();
        }

        private void set(int i, byte @Nullable [] value) throws SQLException {
            if (value == null) insert.setNull(i + 1, Types.NULL);
            else if (columns.get(i).binary()) insert.setBytes(i + 1, value);
            else insert.setString(i + 1, new String(value, StandardCharsets.UTF_8));
            bytes += value == null ? 0 : value.length;
        }

        void end() throws SQLException {
            insert.executeBatch();
            connection.commit();
            rows = 0;
            bytes = 0;
        }

        @Override
        public void close() throws SQLException {
            insert.close();
        }
    }

    Filling fill(SourceTable table) throws SQLException {
        return new Filling(connection.prepareStatement(table.insert()), table.columns());
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
