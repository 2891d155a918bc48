package io.pms.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends packets over a connection of its own and says exactly what became of each. Used by one
 * thread.
 *
 * <p>After an unknown outcome it fences: on a new connection it raises the head's epoch, so that a
 * packet still under way can no longer commit, and only then looks.
 */
final class HeadWriter implements AutoCloseable {
    /** No packet that was made before can be committed after it. */
    static final String FENCE =
            "UPDATE log_head SET previous = size, previous_root = root, expected_epoch = epoch, epoch = epoch + 1"
                    + " WHERE log_id = ?";

    private static final long COMPARE_EVERY_NANOS = 1_000_000_000;

    private final LogSettings settings;
    private final WriterConnection connection;
    private final TakenFinder taken;
    private final PacketFinder packets;
    private final LongSupplier knownSize;
    private final LastSeen lastSeen;
    private @Nullable Connection compared;
    private long comparedAt;

    /**
     * @param knownSize a size that the log has had
     * @param lastSeen an event that it has had; told of later ones
     */
    HeadWriter(DatabaseUrl url, LogSettings settings, LongSupplier knownSize, LastSeen lastSeen) {
        this.settings = settings;
        this.knownSize = knownSize;
        this.lastSeen = lastSeen;
        this.connection = new WriterConnection(url, settings);
        this.taken = new TakenFinder(settings.logId());
        this.packets = new PacketFinder(settings.logId());
    }

    /**
     * The head as it is now.
     *
     * @throws SQLException when it cannot be read
     * @throws LogShortenedException when the log had more events before, or others
     * @throws LogClosedException when it is being brought up to its archive
     */
    HeadRow head() throws SQLException {
        try {
            long known = knownSize.getAsLong();
            HeadRow head = HeadRow.read(connection.get(), settings.logId());
            if (head.closed()) throw new LogClosedException();
            if (head.size() < known)
                throw lost(head, LogShortenedException.shorter(head.size(), known));
            if (lastSeen.mayLack(head.lineage(), known)) throw LogShortenedException.broughtBack();
            compareHistory(head);
            lastSeen.hasAllOf(head.lineage());
            return head;
        } catch (SQLException e) {
            connection.discard();
            throw e;
        }
    }

    /** Another server answers behind another connection, or behind a proxy. */
    private void compareHistory(HeadRow head) throws SQLException {
        long now = System.nanoTime();
        boolean isSameServer = connection.get() == compared;
        if (isSameServer && now - comparedAt < COMPARE_EVERY_NANOS && lastSeen.isOf(head.lineage()))
            return;
        LastSeen.Event seen = lastSeen.get();
        if (seen != null && !seen.equals(event(seen.position())))
            throw lost(head, LogShortenedException.other(seen.position()));
        LastSeen.Event last = event(head.size() - 1);
        if (last != null) lastSeen.advance(last);
        compared = connection.get();
        comparedAt = now;
    }

    /** What others have read of the log may be lost too: they hear of it by another lineage. */
    private LogShortenedException lost(HeadRow head, LogShortenedException what) {
        try {
            if (lastSeen.isOf(head.lineage()))
                LogRecovery.newLineage(connection.get(), settings.logId(), head.lineage());
        } catch (SQLException e) {
            what.addSuppressed(e); // whoever appends meets it again
        }
        return what;
    }

    private LastSeen.@Nullable Event event(long position) throws SQLException {
        String sql = "SELECT leaf_check FROM event WHERE log_id = ? AND position = ?";
        try (PreparedStatement select = connection.get().prepareStatement(sql)) {
            select.setInt(1, settings.logId());
            select.setLong(2, position);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new LastSeen.Event(position, row.getLong(1)) : null;
            }
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
            lastSeen.committed(packet);
            return new Attempt.Stored(packet);
        } catch (SQLException e) {
            return failed(units, packet, e);
        }
    }

    static LogUnavailableException unreachable(SQLException cause) {
        return new LogUnavailableException("cannot reach the database", cause);
    }

    private Attempt failed(List<PreparedUnit> units, Packet packet, SQLException e) {
        if (SqlErrors.isStale(e)) {
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
        return new Attempt.Unknown(packet, e);
    }

    /** A position is taken where another writer was first; else something that the units want. */
    private Attempt taken(List<PreparedUnit> units, Packet packet, SQLException cause) {
        connection.rollback();
        try {
            if (HeadRow.read(connection.get(), settings.logId()).size() != packet.before().size())
                return new Attempt.Stale();
            Map<PreparedUnit, RuntimeException> losers = taken.find(connection.get(), units);
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
            return taken.find(connection.get(), units);
        } catch (SQLException e) {
            connection.discard();
            throw e;
        }
    }

    /**
     * After an unknown outcome: whether the packet is stored. If it is not, it never will be.
     *
     * @throws SQLException when that cannot be found out now
     */
    boolean resolve(Packet sent, List<PreparedUnit> units) throws SQLException {
        connection.discard();
        fence();
        try {
            return packets.isStored(connection.get(), sent, units);
        } catch (SQLException e) {
            connection.discard();
            throw e;
        }
    }

    /**
     * Raises the head's epoch: no packet that was made before can be committed after it.
     *
     * @throws SQLException when it is not certain that it was raised
     */
    void fence() throws SQLException {
        try (PreparedStatement update = connection.get().prepareStatement(FENCE)) {
            update.setInt(1, settings.logId());
            update.executeUpdate();
        } catch (SQLException e) {
            connection.discard();
            throw e;
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
