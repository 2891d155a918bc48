package io.pms.archive;

import io.pms.log.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * How far the archive is, as the database knows it: for every process that is not the one that
 * archives. The archive's checkpoint is the truth; this may be behind it. Not thread-safe.
 */
final class ArchiveState implements AutoCloseable {
    private final DatabaseUrl url;
    private final int logId;
    private final byte[] place;
    private @Nullable Connection connection;

    /**
     * @param place of the archive, a hash: what was noted of another place says nothing
     */
    ArchiveState(DatabaseUrl url, int logId, byte[] place) {
        this.url = url;
        this.logId = logId;
        this.place = place.clone();
    }

    /**
     * @param size of the log's head
     * @param archived entries that are behind a checkpoint
     * @param oldestMicros recorded time of the first entry that is not; null when there is none
     */
    record Reading(long size, long archived, @Nullable Long oldestMicros) {}

    /**
     * @param archived entries that are behind a checkpoint, as the one knows who archives; null to
     *     take what was noted
     */
    Reading read(@Nullable Long archived) throws SQLException {
        String sql =
                "SELECT h.size, COALESCE(?, a.size, 0), (SELECT e.recorded_time FROM event e WHERE e.log_id = h.log_id"
                        + " AND e.position = COALESCE(?, a.size, 0)) FROM log_head h LEFT JOIN archive a"
                        // older software, which may archive still, notes no place
                        + " ON a.log_id = h.log_id AND (a.place = ? OR a.place IS NULL) WHERE h.log_id = ?";
        try (PreparedStatement select = connection().prepareStatement(sql)) {
            select.setObject(1, archived, Types.BIGINT);
            select.setObject(2, archived, Types.BIGINT);
            select.setBytes(3, place);
            select.setInt(4, logId);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) throw new SQLException("there is no log " + logId);
                long oldest = row.getLong(3);
                return new Reading(row.getLong(1), row.getLong(2), row.wasNull() ? null : oldest);
            }
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    /**
     * Notes how many entries are behind a checkpoint. It tries once more on a connection of its own
     * when one fails that was there before: servers and what is between end those that are idle.
     */
    void write(long archived) throws SQLException {
        boolean isNew = connection == null;
        try {
            insert(archived);
        } catch (SQLException e) {
            if (isNew) throw e;
            insert(archived);
        }
    }

    private void insert(long archived) throws SQLException {
        String sql =
                "INSERT INTO archive (log_id, size, place) VALUES (?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE size = VALUES(size), place = VALUES(place)";
        try (PreparedStatement insert = connection().prepareStatement(sql)) {
            insert.setInt(1, logId);
            insert.setLong(2, archived);
            insert.setBytes(3, place);
            insert.executeUpdate();
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    private Connection connection() throws SQLException {
        if (connection == null)
            connection =
                    DriverManager.getConnection(
                            url.with("connectTimeout=5000&socketTimeout=10000"));
        return connection;
    }

    @Override
    public void close() {
        try {
            if (connection != null) connection.close();
        } catch (SQLException e) {
            // nothing hangs on it
        }
        connection = null;
    }
}
