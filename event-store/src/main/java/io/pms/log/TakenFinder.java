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
        Set<String> ids = ids(connection, units);
        Set<StreamKey> streams = streams(connection, units);
        Map<PreparedUnit, RuntimeException> losers = new LinkedHashMap<>();
        for (PreparedUnit unit : units) {
            RuntimeException reason = reason(unit, ids, streams);
            if (reason != null) losers.put(unit, reason);
        }
        return losers;
    }

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

    private Set<String> ids(Connection connection, List<PreparedUnit> units) throws SQLException {
        StringBuilder events = new StringBuilder();
        StringBuilder commands = new StringBuilder();
        for (PreparedUnit unit : units) {
            for (PreparedEvent event : unit.events) hex(events, event.idBytes());
            if (unit.command != null) {
                hex(commands, BinaryId.toBytes(unit.command.id()));
                if (unit.events.isEmpty()) hex(events, BinaryId.toBytes(unit.command.id()));
            }
        }
        Set<String> taken = new HashSet<>();
        if (!events.isEmpty())
            query(
                    connection,
                    "SELECT event_id FROM event WHERE log_id="
                            + logId
                            + " AND event_id IN ("
                            + events
                            + ")",
                    row -> taken.add(BinaryId.toText(row.getBytes(1))));
        if (!commands.isEmpty())
            query(
                    connection,
                    "SELECT command_id FROM receipt WHERE log_id="
                            + logId
                            + " AND command_id IN ("
                            + commands
                            + ")",
                    row -> taken.add(BinaryId.toText(row.getBytes(1))));
        return taken;
    }

    private Set<StreamKey> streams(Connection connection, List<PreparedUnit> units)
            throws SQLException {
        StringBuilder keys = new StringBuilder();
        for (PreparedUnit unit : units)
            for (PreparedEvent event : unit.events)
                if (event.stream() != null) {
                    keys.append(keys.isEmpty() ? "(" : ",(");
                    SqlText.bytes(keys, BinaryId.toBytes(event.stream().aggregateId()));
                    keys.append(',').append(event.stream().sequence()).append(')');
                }
        Set<StreamKey> taken = new HashSet<>();
        if (!keys.isEmpty())
            query(
                    connection,
                    "SELECT subject, sequence FROM event WHERE log_id="
                            + logId
                            + " AND (subject, sequence) IN ("
                            + keys
                            + ")",
                    row ->
                            taken.add(
                                    new StreamKey(
                                            BinaryId.toText(row.getBytes(1)), row.getLong(2))));
        return taken;
    }

    private static void hex(StringBuilder list, byte[] id) {
        if (!list.isEmpty()) list.append(',');
        SqlText.bytes(list, id);
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private static void query(Connection connection, String sql, RowReader reader)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) reader.read(rows);
        }
    }
}
