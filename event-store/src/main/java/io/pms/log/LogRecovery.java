package io.pms.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;

/** What recoveries, and writers that notice a loss, say of a log, in {@code log_recovery}. */
final class LogRecovery {
    private LogRecovery() {}

    /** The log was brought back: what was read before may not be in it any more. */
    static void newLineage(Connection connection, int logId) throws SQLException {
        set(connection, logId, false);
    }

    /**
     * The same when nobody has said so since the log had this lineage; it stays as open as it is.
     */
    static void newLineage(Connection connection, int logId, long before) throws SQLException {
        String sql =
                "INSERT INTO log_recovery (log_id, lineage, closed) VALUES (?, ?, FALSE)"
                        + " ON DUPLICATE KEY UPDATE lineage = IF(lineage = ?, VALUES(lineage), lineage)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setInt(1, logId);
            insert.setLong(2, draw());
            insert.setLong(3, before);
            insert.executeUpdate();
        }
    }

    private static long draw() {
        return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    }

    /**
     * Nobody appends from now on, except whoever brings back what is missing: events that were read
     * before.
     *
     * @return the new lineage, which opens it again
     */
    static long close(Connection connection, int logId) throws SQLException {
        return set(connection, logId, true);
    }

    private static long set(Connection connection, int logId, boolean closed) throws SQLException {
        long lineage = draw();
        String sql =
                "INSERT INTO log_recovery (log_id, lineage, closed) VALUES (?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE lineage = VALUES(lineage), closed = VALUES(closed)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setInt(1, logId);
            insert.setLong(2, lineage);
            insert.setBoolean(3, closed);
            insert.executeUpdate();
            return lineage;
        }
    }

    /** Unless somebody else has closed it since. */
    static void open(Connection connection, int logId, long lineage) throws SQLException {
        String sql = "UPDATE log_recovery SET closed = FALSE WHERE log_id = ? AND lineage = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setInt(1, logId);
            update.setLong(2, lineage);
            update.executeUpdate();
        }
    }
}
