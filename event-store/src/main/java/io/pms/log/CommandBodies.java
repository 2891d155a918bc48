package io.pms.log;

import io.pms.entry.EntryTime;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
        long firstYoung = firstYoung(before);
        while (forgetEvents(firstYoung) == CHUNK) Thread.onSpinWait();
        forgetReceipts(before);
    }

    /**
     * Bodies stand in the order of recorded time: the first young one ends the old ones. Without
     * one the log's size does, as of the same moment: what is appended meanwhile is young.
     */
    private long firstYoung(long before) {
        return reader.scan(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement(
                            "SELECT COALESCE((SELECT position FROM command_bodies WHERE log_id = ? AND"
                                    + " recorded_time >= ? ORDER BY position LIMIT 1),"
                                    + " (SELECT size FROM log_head WHERE log_id = ?))")) {
                select.setInt(1, logId);
                select.setLong(2, before);
                select.setInt(3, logId);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    private int forgetEvents(long firstYoung) {
        return update(
                "DELETE FROM command_bodies WHERE log_id = ? AND position < ? ORDER BY position LIMIT "
                        + CHUNK,
                firstYoung);
    }

    private void forgetReceipts(long before) {
        update(
                "UPDATE receipt SET body_hash = NULL WHERE log_id = ? AND body_hash IS NOT NULL AND recorded_time < ?",
                before);
    }

    private int update(String sql, long bound) {
        return reader.scan(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setInt(1, logId);
                update.setLong(2, bound);
                return update.executeUpdate();
            }
        });
    }
}
