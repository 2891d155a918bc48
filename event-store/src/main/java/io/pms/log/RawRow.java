package io.pms.log;

import io.pms.entry.BinaryId;
import io.pms.entry.CommandIds;
import io.pms.entry.RawEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code event} as an entry whose texts stay bytes, for whoever only hashes it. Every byte
 * of the row gets into the entry.
 *
 * <p>Columns are read once and in their order: the driver walks through a row from its beginning
 * whenever it is asked for an earlier one.
 */
final class RawRow {
    static final String COLUMNS =
            "position, recorded_time, time, event_id, type, subject, sequence, tenant, actor, command_index,"
                    + " correlation_id, causation_id, traceparent, metadata, content_type, data, leaf_check";

    private static final int UUID_BYTES = 16;

    private RawRow() {}

    static long position(ResultSet row) throws SQLException {
        return row.getLong(1);
    }

    /**
     * @param position what {@link #position} has answered
     * @throws IllegalArgumentException when an id is not stored as ids are
     */
    static RawEntry entry(ResultSet row, int logId, long position) throws SQLException {
        long recordedTime = row.getLong(2);
        long time = row.getLong(3);
        byte[] id = row.getBytes(4);
        return new RawEntry(
                logId,
                position,
                recordedTime,
                time,
                BinaryId.toUtf8(id),
                row.getBytes(5),
                id(row.getBytes(6)),
                row.getLong(7),
                row.getBytes(8),
                row.getBytes(9),
                command(row, id),
                id(row.getBytes(11)),
                id(row.getBytes(12)),
                row.getBytes(13),
                row.getBytes(14),
                row.getBytes(15),
                row.getBytes(16));
    }

    static long leafCheck(ResultSet row) throws SQLException {
        return row.getLong(17);
    }

    private static byte @Nullable [] command(ResultSet row, byte[] id) throws SQLException {
        int index = row.getInt(10);
        if (row.wasNull()) return null;
        if (id.length != UUID_BYTES)
            throw new IllegalArgumentException("a command's event whose id is not a UUID");
        return BinaryId.toUtf8(CommandIds.eventId(BinaryId.toUuid(id), index));
    }

    private static byte @Nullable [] id(byte @Nullable [] stored) {
        return stored == null ? null : BinaryId.toUtf8(stored);
    }
}
