package io.pms.backup;

import io.pms.log.DatabaseUrl;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
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
