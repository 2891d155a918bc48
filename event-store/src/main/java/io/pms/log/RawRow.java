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
 */
final class RawRow {
    static final String COLUMNS =
            "position, recorded_time, leaf_check, time, event_id, command_index, subject, sequence, type, tenant, actor,"
                    + " correlation_id, causation_id, traceparent, metadata, content_type, data";

    private static final int UUID_BYTES = 16;

    private RawRow() {}

    static long position(ResultSet row) throws SQLException {
        return row.getLong(1);
    }

    static long leafCheck(ResultSet row) throws SQLException {
        return row.getLong(3);
    }

    /**
     * @throws IllegalArgumentException when an id is not stored as ids are
     */
    static RawEntry read(ResultSet row, int logId) throws SQLException {
        byte[] id = row.getBytes(5);
        return new RawEntry(
                logId,
                row.getLong(1),
                row.getLong(2),
                row.getLong(4),
                BinaryId.toUtf8(id),
                row.getBytes(9),
                id(row.getBytes(7)),
                row.getLong(8),
                row.getBytes(10),
                row.getBytes(11),
                command(row, id),
                id(row.getBytes(12)),
                id(row.getBytes(13)),
                row.getBytes(14),
                row.getBytes(15),
                row.getBytes(16),
                row.getBytes(17));
    }

    private static byte @Nullable [] command(ResultSet row, byte[] id) throws SQLException {
        int index = row.getInt(6);
        if (row.wasNull()) return null;
        if (id.length != UUID_BYTES)
            throw new IllegalArgumentException("a command's event whose id is not a UUID");
        return BinaryId.toUtf8(CommandIds.eventId(BinaryId.toUuid(id), index));
    }

    private static byte @Nullable [] id(byte @Nullable [] stored) {
        return stored == null ? null : BinaryId.toUtf8(stored);
    }
}
