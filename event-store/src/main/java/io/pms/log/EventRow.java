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
 * The rows of one answer as entries. For one thread.
 *
 * <p>Every call of the driver takes locks, which is most of what reading costs: the columns that
 * few events have come last and are left alone when all are null. Columns are read in their order
 * (see {@link RawRow}), and what the row before has said too is not made again.
 */
final class EventRow {
    static final String COLUMNS =
            "position, recorded_time, time, event_id, COALESCE(command_index, -1), type, subject, sequence, tenant,"
                    + " actor, metadata, data, correlation_id IS NULL AND causation_id IS NULL AND traceparent IS NULL"
                    + " AND content_type IS NULL, correlation_id, causation_id, traceparent, content_type";

    private static final int RARE = 13;

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
        UUID command = command(id, row.getInt(5));
        String type = this.type.stored(row.getBytes(6));
        String subject = this.subject.of(row.getBytes(7));
        long sequence = row.getLong(8);
        String tenant = this.tenant.of(row.getBytes(9));
        String actor = this.actor.of(row.getBytes(10));
        String metadata = this.metadata.of(row.getBytes(11));
        byte[] data = row.getBytes(12);
        boolean rare = row.getInt(RARE) == 0;
        return new Entry(
                logId,
                position,
                recordedTime,
                time,
                BinaryId.toText(id),
                type,
                subject,
                sequence,
                tenant,
                actor,
                command,
                rare ? id(row.getBytes(RARE + 1)) : null,
                rare ? id(row.getBytes(RARE + 2)) : null,
                rare ? traceparent.of(row.getBytes(RARE + 3)) : null,
                metadata,
                rare ? contentType.of(row.getBytes(RARE + 4)) : null,
                data);
    }

    private static @Nullable UUID command(byte[] id, int index) {
        return index < 0 ? null : CommandIds.eventId(BinaryId.toUuid(id), index);
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
