package io.pms.log;

import io.pms.entry.BinaryId;
import io.pms.entry.CommandIds;
import io.pms.entry.Entry;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one answer as entries. Columns are read in their order (see {@link RawRow}), and what
 * the row before has said too is not made again. For one thread.
 */
final class EventRow {
    static final String COLUMNS =
            "position, recorded_time, time, event_id, type, subject, sequence, tenant, actor, command_index,"
                    + " correlation_id, causation_id, traceparent, metadata, content_type, data";

    private final int logId;
    private final Text type = new Text();
    private final Id subject = new Id();
    private final Text tenant = new Text();
    private final Text actor = new Text();
    private final Text traceparent = new Text();
    private final Text metadata = new Text();
    private final Text contentType = new Text();

    EventRow(int logId) {
        this.logId = logId;
    }

    Entry read(ResultSet row) throws SQLException {
        long position = row.getLong(1);
        long recordedTime = row.getLong(2);
        long time = row.getLong(3);
        byte[] id = row.getBytes(4);
        return new Entry(
                logId,
                position,
                recordedTime,
                time,
                BinaryId.toText(id),
                type.stored(row.getBytes(5)),
                subject.of(row.getBytes(6)),
                row.getLong(7),
                tenant.of(row.getBytes(8)),
                actor.of(row.getBytes(9)),
                command(row, id),
                id(row.getBytes(11)),
                id(row.getBytes(12)),
                traceparent.of(row.getBytes(13)),
                metadata.of(row.getBytes(14)),
                contentType.of(row.getBytes(15)),
                row.getBytes(16));
    }

    private static @Nullable UUID command(ResultSet row, byte[] id) throws SQLException {
        int index = row.getInt(10);
        return row.wasNull() ? null : CommandIds.eventId(BinaryId.toUuid(id), index);
    }

    private static @Nullable String id(byte @Nullable [] stored) {
        return stored == null ? null : BinaryId.toText(stored);
    }

    /** A column that often says the same in neighbouring rows. */
    private static class Text {
        private byte[] stored = {};
        private String text = "";

        @Nullable String of(byte @Nullable [] next) {
            return next == null ? null : stored(next);
        }

        String stored(byte[] next) {
            if (!Arrays.equals(stored, next)) {
                stored = next;
                text = decode(next);
            }
            return text;
        }

        String decode(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static final class Id extends Text {
        @Override
        String decode(byte[] bytes) {
            return BinaryId.toText(bytes);
        }
    }
}
