package io.pms.log;

import io.pms.entry.BinaryId;
import io.pms.entry.CommandIds;
import io.pms.entry.Entry;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code event} as an entry. */
final class EventRow {
    static final String COLUMNS =
            "log_id, position, recorded_time, time, event_id, command_index, subject, sequence, type, tenant, actor,"
                    + " correlation_id, causation_id, traceparent, metadata, content_type, data";

    private EventRow() {}

    static Entry read(ResultSet row) throws SQLException {
        byte[] id = row.getBytes(5);
        int index = row.getInt(6);
        UUID command = row.wasNull() ? null : CommandIds.eventId(BinaryId.toUuid(id), index);
        byte[] metadata = row.getBytes(15);
        return new Entry(
                row.getInt(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                BinaryId.toText(id),
                row.getString(9),
                id(row.getBytes(7)),
                row.getLong(8),
                row.getString(10),
                row.getString(11),
                command,
                id(row.getBytes(12)),
                id(row.getBytes(13)),
                row.getString(14),
                metadata == null ? null : new String(metadata, StandardCharsets.UTF_8),
                row.getString(16),
                row.getBytes(17));
    }

    private static @Nullable String id(byte @Nullable [] bytes) {
        return bytes == null ? null : BinaryId.toText(bytes);
    }
}
