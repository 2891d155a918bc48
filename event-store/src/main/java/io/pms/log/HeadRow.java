package io.pms.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.flywaydb.core.api.MigrationVersion;
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
    private static final String COLUMNS =
            "SELECT h.origin, h.size, h.root, h.epoch, h.recorded_time, h.frontier, ";

    private static final String SELECT =
            COLUMNS
                    + "COALESCE(r.lineage, 0), COALESCE(r.closed, FALSE)"
                    + " FROM log_head h LEFT JOIN log_recovery r USING (log_id) WHERE h.log_id = ?";

    /** Where the table of recoveries is not there yet: of a log that was never brought back. */
    private static final String SELECT_OLDER =
            COLUMNS + "0, FALSE FROM log_head h WHERE h.log_id = ?";

    /** The migration that makes the table of recoveries. */
    private static final MigrationVersion RECOVERIES = MigrationVersion.fromVersion("6");

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

    /** Null when there is no such log; also of tables that were not brought up to date. */
    static @Nullable HeadRow find(Connection connection, int logId) throws SQLException {
        try {
            return find(connection, SELECT, logId);
        } catch (SQLException e) {
            if (!isBeforeRecoveries(connection, e)) throw e;
            return find(connection, SELECT_OLDER, logId);
        }
    }

    /** An account is told that a table is missing only where it has rights; else it is denied. */
    private static boolean isBeforeRecoveries(Connection connection, SQLException refused) {
        if (SqlErrors.isNoTable(refused)) return true;
        if (!SqlErrors.isDenied(refused)) return false;
        try {
            String version = LogTables.version(connection);
            return MigrationVersion.fromVersion(version).compareTo(RECOVERIES) < 0;
        } catch (SQLException e) {
            return false; // it may not ask for the version either
        }
    }

    private static @Nullable HeadRow find(Connection connection, String sql, int logId)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
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
