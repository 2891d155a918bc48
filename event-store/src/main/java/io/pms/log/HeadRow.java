package io.pms.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The head as a writer last knew it, or as it will be after a packet. */
record HeadRow(
        String origin,
        long size,
        byte[] root,
        long epoch,
        long recordedTimeMicros,
        byte[] frontier,
        long lineage,
        boolean closed) {
    private static final String SELECT =
            "SELECT h.origin, h.size, h.root, h.epoch, h.recorded_time, h.frontier, COALESCE(r.lineage, 0),"
                    + " COALESCE(r.closed, FALSE) FROM log_head h LEFT JOIN log_recovery r USING (log_id) WHERE h.log_id = ?";

    /** Of a log that was never brought back. */
    HeadRow(
            String origin,
            long size,
            byte[] root,
            long epoch,
            long recordedTimeMicros,
            byte[] frontier) {
        this(origin, size, root, epoch, recordedTimeMicros, frontier, 0, false);
    }

    /**
     * @throws IllegalStateException when the log was never made
     */
    static HeadRow read(Connection connection, int logId) throws SQLException {
        HeadRow head = find(connection, logId);
        if (head == null)
            throw new IllegalStateException(
                    "there is no log " + logId + " in this database; run the migrations first");
        return head;
    }

    static @Nullable HeadRow find(Connection connection, int logId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setInt(1, logId);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) return null;
                return new HeadRow(
                        row.getString(1),
                        row.getLong(2),
                        row.getBytes(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getBytes(6),
                        row.getLong(7),
                        row.getBoolean(8));
            }
        }
    }

    MerkleFrontier merkle() {
        return new MerkleFrontier(size, frontier);
    }

    /** The head after these entries. */
    HeadRow grown(MerkleFrontier merkle, long recordedTime) {
        return new HeadRow(
                origin,
                merkle.size(),
                merkle.root(),
                epoch,
                recordedTime,
                merkle.toBytes(),
                lineage,
                closed);
    }

    Head toHead(int logId) {
        return new Head(logId, origin, size, epoch, recordedTimeMicros, merkle().root(), lineage);
    }
}
