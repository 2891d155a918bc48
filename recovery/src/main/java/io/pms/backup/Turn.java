package io.pms.backup;

import io.pms.log.DatabaseUrl;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The right to back a database up, which one process at a time has: a lock that the database keeps
 * as long as the connection lives that the backup is read over.
 */
final class Turn implements AutoCloseable {
    /**
     * Values come as text, so that their bytes are what the server wrote. Ten minutes are longer
     * than a server takes to find a first row, and shorter than anybody should wait for a dead one.
     */
    private static final String OPTIONS =
            "useServerPrepStmts=false&useCursorFetch=false&characterEncoding=UTF-8"
                    + "&connectTimeout=5000&socketTimeout=600000";

    private final DatabaseUrl database;
    private final Connection connection;

    private Turn(DatabaseUrl database, Connection connection) {
        this.database = database;
        this.connection = connection;
    }

    /**
     * Null when another process has it.
     *
     * @throws BackupException when the database cannot be reached
     */
    static @Nullable Turn take(DatabaseUrl database) {
        try {
            Connection connection = DriverManager.getConnection(database.with(OPTIONS));
            if (take(connection, database)) return new Turn(database, connection);
            connection.close();
            return null;
        } catch (SQLException e) {
            throw new BackupException(
                    "cannot reach the database at %s: %s".formatted(database, e.getMessage()), e);
        }
    }

    private static boolean take(Connection connection, DatabaseUrl database) throws SQLException {
        return ask(connection, "SELECT GET_LOCK(?, 0)", database) == 1;
    }

    private static int ask(Connection connection, String sql, DatabaseUrl database)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name(database));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    /** A lock's name has 64 characters, as many as that of a database. */
    private static String name(DatabaseUrl database) {
        byte[] name = database.database().getBytes(StandardCharsets.UTF_8);
        return "pms-backup-" + Sha256.hex(name).substring(0, 32);
    }

    Connection connection() {
        return connection;
    }

    /** Ends what is being read, from another thread. */
    void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // it is gone
        }
    }

    /** The lock goes at once; with its connection alone it would go a moment later. */
    @Override
    public void close() {
        try (connection) {
            if (!connection.isClosed()) ask(connection, "SELECT RELEASE_LOCK(?)", database);
        } catch (SQLException e) {
            // the database lets go when it notices
        }
    }
}
