package io.pms.log;

import io.pms.entry.BinaryId;
import io.pms.log.PreparedUnit.PreparedEvent;
import io.pms.log.PreparedUnit.StreamKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which units of a batch cannot be stored because something they need is taken. The
 * unique keys only say that there is one.
 */
final class TakenFinder {
    private final int logId;

    TakenFinder(int logId) {
        this.logId = logId;
    }

    Map<PreparedUnit, RuntimeException> find(Connection connection, List<PreparedUnit> units)
            throws SQLException {
        Taken taken = taken(connection, units);
        Map<PreparedUnit, RuntimeException> losers = new LinkedHashMap<>();
        for (PreparedUnit unit : units) {
            RuntimeException reason = reason(unit, taken.ids, taken.streams);
            if (reason != null) losers.put(unit, reason);
        }
        return losers;
    }

    private record Taken(Set<String> ids, Set<StreamKey> streams) {}

    /**
     * An id that is taken comes first: the command was accepted before, whatever has happened to
     * its aggregate since.
     */
    private static @Nullable RuntimeException reason(
            PreparedUnit unit, Set<String> ids, Set<StreamKey> streams) {
        if (unit.command != null && ids.contains(unit.command.id().toString()))
            return new DuplicateEventException(unit.command.id().toString());
        for (PreparedEvent event : unit.events)
            if (ids.contains(event.id())) return new DuplicateEventException(event.id());
        for (PreparedEvent event : unit.events)
            if (event.stream() != null && streams.contains(event.stream()))
                return new SequenceConflictException(
                        event.stream().aggregateId(), event.stream().sequence());
        return null;
    }

    private Taken taken(Connection connection, List<PreparedUnit> units) throws SQLException {
        Taken taken = new Taken(new HashSet<>(), new HashSet<>());
        String sql = select(units);
        if (sql.isEmpty()) return taken;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                String id = BinaryId.toText(rows.getBytes(1));
                long sequence = rows.getLong(2);
                if (rows.wasNull()) taken.ids.add(id);
                else taken.streams.add(new StreamKey(id, sequence));
            }
        }
        return taken;
    }

    /** Ids without a sequence, and streams with one. */
    private String select(List<PreparedUnit> units) {
        StringBuilder events = new StringBuilder();
        StringBuilder commands = new StringBuilder();
        StringBuilder streams = new StringBuilder();
        for (PreparedUnit unit : units) {
            for (PreparedEvent event : unit.events) {
                hex(events, event.idBytes());
                if (event.stream() != null) key(streams, event.stream());
            }
            if (unit.command != null) {
                hex(commands, BinaryId.toBytes(unit.command.id()));
                if (unit.events.isEmpty()) hex(events, BinaryId.toBytes(unit.command.id()));
            }
        }
        StringJoiner sql = new StringJoiner(" UNION ALL ");
        add(sql, "event_id, NULL FROM event", "event_id", events);
        add(sql, "command_id, NULL FROM receipt", "command_id", commands);
        add(sql, "subject, sequence FROM event", "(subject, sequence)", streams);
        return sql.toString();
    }

    private void add(StringJoiner sql, String columns, String key, StringBuilder values) {
        if (values.isEmpty()) return;
        sql.add(
                "SELECT "
                        + columns
                        + " WHERE log_id="
                        + logId
                        + " AND "
                        + key
                        + " IN ("
                        + values
                        + ")");
    }

    private static void key(StringBuilder list, StreamKey stream) {
        list.append(list.isEmpty() ? "(" : ",(");
        SqlText.bytes(list, BinaryId.toBytes(stream.aggregateId()));
        list.append(',').append(stream.sequence()).append(')');
    }

    private static void hex(StringBuilder list, byte[] id) {
        if (!list.isEmpty()) list.append(',');
        SqlText.bytes(list, id);
    }
}
