package io.pms.log;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;

/** Where logs end, for whoever does not open them. */
public final class LogHeads {
    private LogHeads() {}

    /**
     * The head of a log; empty when the database does not have that log.
     *
     * @throws LogUnavailableException when the database cannot be reached
     */
    public static Optional<Head> find(DatabaseUrl url, int logId) {
        try (Connection connection =
                DriverManager.getConnection(url.with("connectTimeout=5000&socketTimeout=10000"))) {
            HeadRow head = HeadRow.find(connection, logId);
            return head == null ? Optional.empty() : Optional.of(head.toHead(logId));
        } catch (SQLException e) {
            if (SqlErrors.isNoTable(e)) return Optional.empty();
            throw LogUnavailableException.unreachable(url, e);
        }
    }
}
