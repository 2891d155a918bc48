package io.pms.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a log ends at one moment, and the events that are not within.
 *
 * @param head null when the log has none
 * @param stored the position after the last event within the head's size
 * @param outside positions before 0 and from the head on, as many as are named
 */
record Ends(@Nullable HeadRow head, long stored, List<Long> outside) {

    /** Reads both as of one moment, while others append. */
    static Ends read(Connection connection, int logId) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        HeadRow head = HeadRow.find(connection, logId);
        return head == null ? new Ends(null, 0, List.of()) : read(connection, logId, head);
    }

    /** The same for a head that is given. */
    static Ends read(Connection connection, int logId, HeadRow head) throws SQLException {
        List<Long> outside = new ArrayList<>();
        positions(connection, logId, "position < ?", 0, outside);
        positions(connection, logId, "position >= ?", head.size(), outside);
        long stored = stored(connection, logId, head.size());
        if (!connection.getAutoCommit()) connection.rollback();
        return new Ends(head, stored, outside);
    }

    private static long stored(Connection connection, int logId, long size) throws SQLException {
        String sql =
                "SELECT COALESCE(MAX(position) + 1, 0) FROM event WHERE log_id = ? AND position < ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, logId);
            select.setLong(2, size);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return Math.max(0, row.getLong(1));
            }
        }
    }

    private static void positions(
            Connection connection, int logId, String where, long bound, List<Long> found)
            throws SQLException {
        String sql =
                "SELECT position FROM event WHERE log_id = ? AND "
                        + where
                        + " ORDER BY position LIMIT "
                        + Chunk.MAX_NAMED;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, logId);
            select.setLong(2, bound);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) found.add(rows.getLong(1));
            }
        }
    }
}
