package io.pms.log;

import io.pms.entry.BinaryId;
import io.pms.entry.JsonEventTypes;
import io.pms.event.LogEvent.LogForked;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a log was called before: a fork tells of which log it is one. */
public final class LogOrigins {
    private LogOrigins() {}

    /**
     * Its own origin, that of the log of which it is a fork, and so on; empty when the database
     * does not have the log.
     *
     * @throws LogUnavailableException when the database cannot be reached
     */
    public static List<String> of(DatabaseUrl url, int logId) {
        List<String> origins = new ArrayList<>();
        LogHeads.find(url, logId).ifPresent(head -> origins.add(head.origin()));
        if (origins.isEmpty()) return origins;
        try (Connection connection =
                DriverManager.getConnection(url.with("connectTimeout=5000&socketTimeout=10000"))) {
            for (String parent = parent(connection, logId, origins.getLast());
                    parent != null && !origins.contains(parent);
                    parent = parent(connection, logId, parent)) origins.add(parent);
            return origins;
        } catch (SQLException e) {
            throw LogUnavailableException.unreachable(url, e);
        }
    }

    /** The event that makes a fork has the fork's origin for its subject. */
    private static @Nullable String parent(Connection connection, int logId, String origin)
            throws SQLException {
        String sql =
                "SELECT type, data FROM event WHERE log_id = ? AND subject = ? AND sequence = 0";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, logId);
            select.setBytes(2, BinaryId.toBytes(origin));
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) return null;
                return new JsonEventTypes().read(row.getString(1), row.getBytes(2))
                                instanceof LogForked forked
                        ? forked.parentOrigin()
                        : null;
            }
        }
    }
}
