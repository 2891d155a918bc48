package io.pms.log;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lock that the server keeps as long as a connection lives ({@code GET_LOCK}), for one database
 * and one purpose. It holds on one server, not in a cluster of several that accept writes.
 */
public final class DatabaseLock implements AutoCloseable {
    private final Connection connection;
    private final String name;

    private DatabaseLock(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
    }

    /**
     * Null when somebody else has it and does not let go in time.
     *
     * @param options of the connection, as Connector/J has them
     * @param purpose 20 characters at most
     * @throws SQLException when the database cannot be reached
     */
    public static @Nullable DatabaseLock take(
            DatabaseUrl database, String options, String purpose, int seconds) throws SQLException {
        Connection connection = DriverManager.getConnection(database.with(options));
        String name = name(purpose, database);
        try {
            if (ask(connection, "SELECT GET_LOCK(?, " + seconds + ")", name))
                return new DatabaseLock(connection, name);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        connection.close();
        return null;
    }

    /** Names of locks have 64 characters at most, and are the server's, not the database's. */
    private static String name(String purpose, DatabaseUrl database) {
        byte[] text = database.database().getBytes(StandardCharsets.UTF_8);
        return "pms-" + purpose + "-" + UUID.nameUUIDFromBytes(text);
    }

    private static boolean ask(Connection connection, String sql, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getInt(1) == 1;
            }
        }
    }

    /** The one that holds it; free for other work. */
    public Connection connection() {
        return connection;
    }

    /** The lock goes at once; with its connection alone it would go a moment later. */
    @Override
    public void close() {
        try (connection) {
            if (!connection.isClosed()) ask(connection, "SELECT RELEASE_LOCK(?)", name);
        } catch (SQLException e) {
            // the database lets go when it notices
        }
    }
}
