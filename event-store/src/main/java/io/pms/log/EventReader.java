package io.pms.log;

import io.pms.entry.BinaryId;
import io.pms.entry.CommandIds;
import io.pms.entry.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The queries of one log. Every one of them sees committed events only. */
final class EventReader {
    private static final String SELECT =
            "SELECT " + EventRow.COLUMNS + " FROM event WHERE log_id = ? ";

    private static final int SCAN_TIMEOUT_MILLIS = 60_000;

    private final DataSource dataSource;
    private final int logId;

    EventReader(DataSource dataSource, int logId) {
        this.dataSource = dataSource;
        this.logId = logId;
    }

    HeadRow head() {
        return query(connection -> HeadRow.read(connection, logId));
    }

    List<Entry> read(long from, int limit) {
        return entries(
                "AND position >= ? ORDER BY position LIMIT ?",
                from,
                Math.min(limit, EventLog.MAX_READ));
    }

    List<Entry> readAt(List<Long> positions) {
        if (positions.isEmpty()) return List.of();
        if (positions.size() > EventLog.MAX_READ)
            throw new IllegalArgumentException(
                    "at most " + EventLog.MAX_READ + " positions at once");
        String marks = String.join(",", Collections.nCopies(positions.size(), "?"));
        Map<Long, Entry> found = new HashMap<>();
        for (Entry entry : entries("AND position IN (" + marks + ")", positions.toArray()))
            found.put(entry.position(), entry);
        return positions.stream().map(found::get).filter(entry -> entry != null).toList();
    }

    List<Entry> readStream(String aggregateId, long fromSequence, int limit) {
        return entries(
                "AND subject = ? AND sequence >= ? ORDER BY sequence LIMIT ?",
                BinaryId.toBytes(aggregateId),
                fromSequence,
                Math.min(limit, EventLog.MAX_READ));
    }

    /** Everything from a position to the head as it is now; decoded on several threads. */
    <T> void stream(long from, Function<Entry, T> decoder, Consumer<? super T> consumer) {
        Replay.run(from, head().size(), (first, end) -> page(first, end, decoder), consumer);
    }

    private <T> List<T> page(long from, long to, Function<Entry, T> decoder) {
        return rows("AND position >= ? AND position < ? ORDER BY position", decoder, from, to);
    }

    List<EventLog.Change> changes(long from, int limit) {
        return query(connection -> {
            try (PreparedStatement select =
                            prepare(
                                    connection,
                                    "SELECT position, subject, sequence FROM event WHERE log_id = ? AND position >= ?"
                                            + " ORDER BY position LIMIT ?",
                                    from,
                                    Math.min(limit, EventLog.MAX_READ));
                    ResultSet rows = select.executeQuery()) {
                List<EventLog.Change> changes = new ArrayList<>();
                while (rows.next()) {
                    byte[] subject = rows.getBytes(2);
                    changes.add(
                            new EventLog.Change(
                                    rows.getLong(1),
                                    subject == null ? null : BinaryId.toText(subject),
                                    rows.getLong(3)));
                }
                return changes;
            }
        });
    }

    Optional<Long> firstPositionAt(long timeMicros) {
        return number("SELECT MIN(position) FROM event WHERE log_id = ? AND time >= ?", timeMicros);
    }

    Optional<Receipt> receipt(UUID commandId) {
        Optional<Receipt> byEvent = receiptOfEvents(commandId);
        return byEvent.isPresent() ? byEvent : receiptWithoutEvents(commandId);
    }

    private Optional<Receipt> receiptOfEvents(UUID commandId) {
        List<Entry> first = entries("AND event_id = ?", BinaryId.toBytes(commandId));
        if (first.isEmpty()) return Optional.empty();
        Entry last = lastOf(commandId, first.getFirst());
        return Optional.of(
                new Receipt(
                        last.subject() == null ? "" : last.subject(),
                        last.sequence(),
                        last.position(),
                        bodyHash(first.getFirst().position())));
    }

    /** A command's events are neighbours, and each one's id follows from its index. */
    private Entry lastOf(UUID commandId, Entry first) {
        Entry last = first;
        while (true) {
            List<Entry> next = read(last.position() + 1, 16);
            for (Entry entry : next) {
                int index = (int) (entry.position() - first.position());
                if (!entry.id().equals(CommandIds.eventId(commandId, index).toString()))
                    return last;
                last = entry;
            }
            if (next.isEmpty()) return last;
        }
    }

    private byte @Nullable [] bodyHash(long position) {
        return query(connection -> {
            try (PreparedStatement select =
                            prepare(
                                    connection,
                                    "SELECT position, hashes FROM command_bodies WHERE log_id = ? AND position <= ?"
                                            + " ORDER BY position DESC LIMIT 1",
                                    position);
                    ResultSet row = select.executeQuery()) {
                return row.next()
                        ? BodyHashes.find(row.getBytes(2), position - row.getLong(1))
                        : null;
            }
        });
    }

    private Optional<Receipt> receiptWithoutEvents(UUID commandId) {
        return query(connection -> {
            try (PreparedStatement select =
                            prepare(
                                    connection,
                                    "SELECT subject, sequence, position, body_hash FROM receipt WHERE log_id = ? AND command_id = ?",
                                    BinaryId.toBytes(commandId));
                    ResultSet row = select.executeQuery()) {
                if (!row.next()) return Optional.empty();
                return Optional.of(
                        new Receipt(
                                BinaryId.toText(row.getBytes(1)),
                                row.getLong(2),
                                row.getLong(3),
                                row.getBytes(4)));
            }
        });
    }

    private List<Entry> entries(String where, Object... values) {
        return rows(where, Function.identity(), values);
    }

    private <T> List<T> rows(String where, Function<Entry, T> decoder, Object... values) {
        return query(connection -> {
            try (PreparedStatement select = prepare(connection, SELECT + where, values);
                    ResultSet rows = select.executeQuery()) {
                EventRow row = new EventRow(logId);
                List<T> decoded = new ArrayList<>();
                while (rows.next()) decoded.add(decoder.apply(row.read(rows)));
                return decoded;
            }
        });
    }

    private Optional<Long> number(String sql, Object value) {
        return scan(connection -> {
            try (PreparedStatement select = prepare(connection, sql, value);
                    ResultSet row = select.executeQuery()) {
                row.next();
                long number = row.getLong(1);
                return row.wasNull() ? Optional.empty() : Optional.of(number);
            }
        });
    }

    private PreparedStatement prepare(Connection connection, String sql, Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setInt(1, logId);
        for (int i = 0; i < values.length; i++) statement.setObject(i + 2, values[i]);
        return statement;
    }

    /** For a query that may have to look at much: it has a minute. */
    <T extends @Nullable Object> T scan(Query<T> query) {
        return query(connection -> {
            connection.setNetworkTimeout(Runnable::run, SCAN_TIMEOUT_MILLIS);
            return query.run(connection);
        });
    }

    interface Query<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException;
    }

    <T extends @Nullable Object> T query(Query<T> query) {
        try (Connection connection = dataSource.getConnection()) {
            return query.run(connection);
        } catch (SQLException e) {
            throw new LogUnavailableException("the database does not answer: " + e.getMessage(), e);
        }
    }
}
