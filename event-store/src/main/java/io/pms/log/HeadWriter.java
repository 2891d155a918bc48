package io.pms.log;

import io.pms.entry.BinaryId;
import io.pms.entry.EntryTime;
import io.pms.log.PreparedUnit.PreparedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches as packets and says exactly what became of each. Used by one thread at a time,
 * except where a method says otherwise.
 *
 * <p>The head is compared with what is remembered of it, not read first. After an unknown outcome
 * it fences: on a new connection it raises the head's epoch, so that a packet still under way can
 * no longer commit, and only then looks.
 */
final class HeadWriter implements AutoCloseable {
    private final LogSettings settings;
    private final InstantSource clock;
    private final WriterConnection connection;
    private final TakenFinder finder;
    private @Nullable HeadRow head;
    private volatile @Nullable HeadRow coming;

    HeadWriter(DatabaseUrl url, LogSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.connection = new WriterConnection(url, settings);
        this.finder = new TakenFinder(settings.logId());
    }

    /**
     * A packet on the head as it will be when everything that was made ready before is stored; null
     * when that is not known. Needs no turn at the server.
     */
    @Nullable Packet ready(List<PreparedUnit> units) {
        HeadRow before = coming;
        return before == null ? null : packet(before, units);
    }

    /** The packet when the head is as it expects; else null, and what follows it is not known. */
    @Nullable Packet fitting(@Nullable Packet packet) {
        if (packet != null && packet.before() == head) return packet;
        coming = null;
        return null;
    }

    private Packet packet(HeadRow before, List<PreparedUnit> units) {
        long now = EntryTime.toMicros(clock.instant());
        Packet packet = Packet.of(settings.logId(), before, now, units);
        coming = packet.after();
        return packet;
    }

    /**
     * Stores all of it or nothing.
     *
     * @param fitting what to send; null to make it, after reading the head where it is not known
     */
    Attempt append(List<PreparedUnit> units, @Nullable Packet fitting) {
        Connection open;
        Packet packet;
        try {
            open = connection.get();
            if (head == null) head = HeadRow.read(open, settings.logId());
            packet = fitting != null ? fitting : packet(head, units);
        } catch (SQLException e) {
            connection.discard();
            return new Attempt.Refused(new LogUnavailableException("cannot reach the database", e));
        }
        try {
            WriterConnection.executeAll(open, packet.sql());
            head = packet.after();
            return new Attempt.Stored(packet.after());
        } catch (SQLException e) {
            return failed(units, e);
        }
    }

    private Attempt failed(List<PreparedUnit> units, SQLException e) {
        head = null;
        coming = null;
        if (SqlErrors.signals(e, "pms: stale head")) {
            connection.rollback();
            return new Attempt.Stale();
        }
        if (SqlErrors.signals(e, "pms: clock leads")) {
            connection.rollback();
            return new Attempt.Refused(
                    new LogUnavailableException(
                            "this machine's clock leads the database's by more than 10 s; set it right, else recorded time would"
                                    + " stand still",
                            e));
        }
        if (SqlErrors.isDuplicateKey(e) || SqlErrors.signals(e, "pms: command accepted before"))
            return taken(units, e);
        if (SqlErrors.isRetry(e)) {
            connection.rollback();
            return new Attempt.Again(e);
        }
        if (SqlErrors.isRefusal(e)) {
            connection.rollback();
            return new Attempt.Refused(
                    new LogUnavailableException(
                            "the database refuses to append: " + e.getMessage(), e));
        }
        connection.discard();
        return new Attempt.Unknown(e);
    }

    private Attempt taken(List<PreparedUnit> units, SQLException cause) {
        connection.rollback();
        try {
            Map<PreparedUnit, RuntimeException> losers = finder.find(connection.get(), units);
            return losers.isEmpty() ? new Attempt.Again(cause) : new Attempt.Taken(losers);
        } catch (SQLException e) {
            connection.discard();
            return new Attempt.Again(e);
        }
    }

    /**
     * After an unknown outcome: whether the batch is stored. What was under way before this call
     * cannot be stored after it.
     *
     * @return where its first event or receipt stands, or null when it is not stored and never will
     *     be
     * @throws SQLException when that cannot be found out now
     */
    @Nullable Found resolve(List<PreparedUnit> units) throws SQLException {
        connection.discard();
        try {
            Connection fresh = connection.get();
            fence(fresh);
            head = HeadRow.read(fresh, settings.logId());
            return find(fresh, units.getFirst());
        } catch (SQLException e) {
            connection.discard();
            head = null;
            throw e;
        }
    }

    /**
     * Where a batch is: the position of its first event, or of the next one where its first unit
     * has none.
     */
    record Found(long firstPosition, long recordedTimeMicros) {}

    private void fence(Connection fresh) throws SQLException {
        String sql =
                "UPDATE log_head SET previous = size, expected_epoch = epoch, epoch = epoch + 1 WHERE log_id = ?";
        try (PreparedStatement update = fresh.prepareStatement(sql)) {
            update.setInt(1, settings.logId());
            update.executeUpdate();
        }
    }

    private @Nullable Found find(Connection fresh, PreparedUnit first) throws SQLException {
        boolean receipt = first.events.isEmpty();
        String sql =
                receipt
                        ? "SELECT position + 1, recorded_time FROM receipt WHERE log_id = ? AND command_id = ?"
                        : "SELECT position, recorded_time FROM event WHERE log_id = ? AND event_id = ?";
        try (PreparedStatement select = fresh.prepareStatement(sql)) {
            select.setInt(1, settings.logId());
            select.setBytes(
                    2,
                    receipt
                            ? BinaryId.toBytes(first.receiptOnly().id())
                            : firstEvent(first).idBytes());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new Found(row.getLong(1), row.getLong(2)) : null;
            }
        }
    }

    private static PreparedEvent firstEvent(PreparedUnit unit) {
        return unit.events.getFirst();
    }

    @Override
    public void close() {
        connection.close();
    }
}
