package io.pms.log;

import io.pms.entry.EntryTime;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;

/**
 * Forgets the bodies of commands after 24 hours; until then they refuse a key that comes with
 * another body.
 */
final class CommandBodies {
    static final Duration KEPT = Duration.ofHours(24);

    /** Rows a transaction, so that nobody waits long for the locks. */
    private static final int CHUNK = 10_000;

    private final EventReader reader;
    private final int logId;

    CommandBodies(EventReader reader, int logId) {
        this.reader = reader;
        this.logId = logId;
    }

    void forgetBefore(Instant now) {
        long before = EntryTime.toMicros(now.minus(KEPT));
        while (forgetEvents(before) == CHUNK) Thread.onSpinWait();
        forgetReceipts(before);
    }

    /**
     * Bodies stand in the order of recorded time: the oldest are the first, and the first young one
     * ends it.
     */
    private int forgetEvents(long before) {
        return update(
                "DELETE FROM command_body WHERE log_id = ? AND position < (SELECT position FROM (SELECT"
                        + " COALESCE(MIN(young.position), (SELECT size FROM log_head WHERE log_id = ?)) AS position FROM"
                        + " (SELECT b.position FROM command_body b JOIN event e ON e.log_id = b.log_id AND e.position ="
                        + " b.position WHERE b.log_id = ? AND e.recorded_time >= ? ORDER BY b.position LIMIT 1) AS young)"
                        + " AS bound) ORDER BY position LIMIT "
                        + CHUNK,
                before,
                3);
    }

    private void forgetReceipts(long before) {
        update(
                "UPDATE receipt SET body_hash = NULL WHERE log_id = ? AND body_hash IS NOT NULL AND recorded_time < ?",
                before,
                1);
    }

    private int update(String sql, long before, int logIds) {
        return reader.query(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                for (int i = 1; i <= logIds; i++) update.setInt(i, logId);
                update.setLong(logIds + 1, before);
                return update.executeUpdate();
            }
        });
    }
}
