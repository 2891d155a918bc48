package io.pms.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The head as a writer last knew it. */
record HeadRow(String origin, long size, long epoch, long recordedTimeMicros, byte[] frontier) {
    static HeadRow read(Connection connection, int logId) throws SQLException {
        String sql =
                "SELECT origin, size, epoch, recorded_time, frontier FROM log_head WHERE log_id = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, logId);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next())
                    throw new IllegalStateException(
                            "there is no log "
                                    + logId
                                    + " in this database; run the migrations first");
                return new HeadRow(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getBytes(5));
            }
        }
    }

    MerkleFrontier merkle() {
        return new MerkleFrontier(size, frontier);
    }

    Head toHead(int logId) {
        return new Head(logId, origin, size, epoch, recordedTimeMicros, merkle().root());
    }
}
