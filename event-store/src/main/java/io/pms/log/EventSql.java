package io.pms.log;

import io.pms.entry.BinaryId;
import io.pms.entry.Entry;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events as rows of an INSERT. */
final class EventSql {
    static final String INSERT =
            "INSERT INTO event (log_id,position,recorded_time,leaf_check,time,event_id,command_index,subject,sequence,type,tenant,actor,"
                    + "correlation_id,causation_id,traceparent,metadata,content_type,data) VALUES ";

    private EventSql() {}

    /** A whole row. */
    static void row(StringBuilder sql, Entry entry, long leafCheck) {
        stamp(sql, entry.logId(), entry.position(), entry.recordedTimeMicros(), leafCheck);
        rest(sql, entry);
    }

    /** The columns that only the committer knows. */
    static void stamp(
            StringBuilder sql, int logId, long position, long recordedTime, long leafCheck) {
        sql.append('(')
                .append(logId)
                .append(',')
                .append(position)
                .append(',')
                .append(recordedTime)
                .append(',')
                .append(leafCheck);
    }

    /** The columns behind them. */
    static void rest(StringBuilder sql, Entry entry) {
        sql.append(',').append(entry.timeMicros()).append(',');
        SqlText.bytes(sql, BinaryId.toBytes(entry.id()));
        sql.append(',').append(commandIndex(entry)).append(',');
        SqlText.bytes(sql, binary(entry.subject()));
        sql.append(',').append(entry.sequence()).append(',');
        SqlText.text(sql, entry.type());
        sql.append(',');
        SqlText.text(sql, entry.tenant());
        sql.append(',');
        SqlText.text(sql, entry.actor());
        sql.append(',');
        SqlText.bytes(sql, binary(entry.correlationId()));
        sql.append(',');
        SqlText.bytes(sql, binary(entry.causationId()));
        sql.append(',');
        SqlText.text(sql, entry.traceparent());
        sql.append(',');
        String metadata = entry.metadata();
        if (metadata == null) sql.append("NULL");
        else SqlText.textBytes(sql, metadata.getBytes(StandardCharsets.UTF_8));
        sql.append(',');
        SqlText.text(sql, entry.dataContentType());
        sql.append(',');
        SqlText.textBytes(sql, entry.data());
        sql.append(')');
    }

    /** The id of a command's event is the command's with the index in its last bytes. */
    private static @Nullable Integer commandIndex(Entry entry) {
        UUID command = entry.commandId();
        if (command == null) return null;
        return (int)
                (UUID.fromString(entry.id()).getLeastSignificantBits()
                        ^ command.getLeastSignificantBits());
    }

    private static byte @Nullable [] binary(@Nullable String id) {
        return id == null ? null : BinaryId.toBytes(id);
    }
}
