package io.pms.log;

import io.pms.entry.BinaryId;
import io.pms.log.PreparedUnit.PreparedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends packets over a connection of its own and says exactly what became of each. Used by one
 * thread.
 *
 * <p>After an unknown outcome it fences: on a new connection it raises the head's epoch, so that a
 * packet still under way can no longer commit, and only then looks.
 */
final class HeadWriter implements AutoCloseable {
    private final LogSettings settings;
    private final WriterConnection connection;
    private final TakenFinder finder;

    HeadWriter(DatabaseUrl url, LogSettings settings) {
        this.settings = settings;
        this.connection = new WriterConnection(url, settings);
        this.finder = new TakenFinder(settings.logId());
    }

    /**
     * The head as it is now.
     *
     * @throws SQLException when it cannot be read
     */
    HeadRow head() throws SQLException {
        try {
            return HeadRow.read(connection.get(), settings.logId());
        } catch (SQLException e) {
            connection.discard();
            throw e;
        }
    }

    /** Stores all of it or nothing. */
    Attempt append(List<PreparedUnit> units, Packet packet) {
        Connection open;
        try {
            open = connection.get();
        } catch (SQLException e) {
            return new Attempt.Refused(unreachable(e));
        }
        try {
            WriterConnection.executeAll(open, packet.sql());
            return new Attempt.Stored(packet.after());
        } catch (SQLException e) {
            return failed(units, packet, e);
        }
    }

    static LogUnavailableException unreachable(SQLException cause) {
        return new LogUnavailableException("cannot reach the database", cause);
    }

    private Attempt failed(List<PreparedUnit> units, Packet packet, SQLException e) {
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
            return taken(units, packet, e);
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

    /** A position is taken where another writer was first; else something that the units want. */
    private Attempt taken(List<PreparedUnit> units, Packet packet, SQLException cause) {
        connection.rollback();
        try {
            if (HeadRow.read(connection.get(), settings.logId()).size() != packet.before().size())
                return new Attempt.Stale();
            Map<PreparedUnit, RuntimeException> losers = finder.find(connection.get(), units);
            return losers.isEmpty() ? new Attempt.Again(cause) : new Attempt.Taken(losers);
        } catch (SQLException e) {
            connection.discard();
            return new Attempt.Again(e);
        }
    }

    /**
     * Which of the units cannot be stored any more, and why.
     *
     * @throws SQLException when that cannot be found out now
     */
    Map<PreparedUnit, RuntimeException> losers(List<PreparedUnit> units) throws SQLException {
        try {
            return finder.find(connection.get(), units);
        } catch (SQLException e) {
            connection.discard();
            throw e;
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
            fence();
            return find(connection.get(), units.getFirst());
        } catch (SQLException e) {
            connection.discard();
            throw e;
        }
    }

    /**
     * Where a batch is: the position of its first event, or of the next one where its first unit
     * has none.
     */
    record Found(long firstPosition, long recordedTimeMicros) {}

    /**
     * Raises the head's epoch: no packet that was made before can be committed after it.
     *
     * @throws SQLException when it is not certain that it was raised
     */
    void fence() throws SQLException {
        String sql =
                "UPDATE log_head SET previous = size, previous_root = root, expected_epoch = epoch, epoch = epoch + 1"
                        + " WHERE log_id = ?";
        try (PreparedStatement update = connection.get().prepareStatement(sql)) {
            update.setInt(1, settings.logId());
            update.executeUpdate();
        } catch (SQLException e) {
            connection.discard();
            throw e;
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
