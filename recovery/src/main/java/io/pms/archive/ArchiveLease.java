package io.pms.archive;

import io.pms.log.DatabaseUrl;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets one process at a time archive a log: a lock that the database keeps as long as its
 * connection lives. It saves work. What keeps the archive right are the conditions of its writes.
 */
final class ArchiveLease implements AutoCloseable {
    /** A database that is silent for longer has let go of the lock, or should have. */
    private static final String TIMEOUTS = "connectTimeout=5000&socketTimeout=10000";

    private static final int CHECK_SECONDS = 5;

    private final DatabaseUrl url;
    private final String name;
    private @Nullable Connection connection;

    ArchiveLease(DatabaseUrl url, int logId) {
        this.url = url;
        this.name = name(url.database() + "/" + logId);
    }

    /** Names of locks have 64 characters at most, and are the server's, not the database's. */
    private static String name(String text) {
        return "pms-archive-" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether it is held by this process, which takes it if nobody has it. */
    boolean hold() {
        try {
            if (connection != null && connection.isValid(CHECK_SECONDS)) return true;
            close();
            Connection fresh = DriverManager.getConnection(url.with(TIMEOUTS));
            if (take(fresh)) {
                connection = fresh;
                return true;
            }
            fresh.close();
        } catch (SQLException e) {
            close();
        }
        return false;
    }

    private boolean take(Connection fresh) throws SQLException {
        try (PreparedStatement take = fresh.prepareStatement("SELECT GET_LOCK(?, 0)")) {
            take.setString(1, name);
            try (ResultSet row = take.executeQuery()) {
                return row.next() && row.getInt(1) == 1;
            }
        }
    }

    @Override
    public void close() {
        try {
            if (connection != null) connection.close();
        } catch (SQLException e) {
            // the database lets go when it notices
        }
        connection = null;
    }
}
