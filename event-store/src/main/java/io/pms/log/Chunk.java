package io.pms.log;

import io.pms.entry.EntryBuffer;
import io.pms.entry.EntryCodec;
import io.pms.entry.RawEntry;
import io.pms.log.Damage.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A range of positions as it is stored: its Merkle tree, and what betrays itself in it. A leaf that
 * is not there is taken for zeros, so that all others keep their places in the tree.
 */
final class Chunk {
    /** A power of two, so that a chunk is a subtree; some hundred milliseconds of work. */
    static final int EVENTS = 1 << 16;

    /** More are counted, not named. */
    static final int MAX_NAMED = 20;

    static final byte[] NO_LEAF = new byte[MerkleFrontier.HASH_BYTES];

    private final int logId;
    private final long from;
    private final long to;
    private final MerkleFrontier tree = new MerkleFrontier();
    private final EntryBuffer buffer;
    private final List<Damage> damages = new ArrayList<>();
    private long unnamed;
    private long firstRecordedTime = Long.MAX_VALUE;
    private long lastRecordedTime = Long.MIN_VALUE;

    private Chunk(int logId, long from, long to, EntryBuffer buffer) {
        this.logId = logId;
        this.from = from;
        this.to = to;
        this.buffer = buffer;
    }

    /**
     * @param buffer where entries are written, one after the other
     */
    static Chunk read(Connection connection, int logId, long from, long to, EntryBuffer buffer)
            throws SQLException {
        Chunk chunk = new Chunk(logId, from, to, buffer);
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT "
                                + RawRow.COLUMNS
                                + " FROM event WHERE log_id = ? AND position >= ? AND position < ? ORDER BY position",
                        ResultSet.TYPE_FORWARD_ONLY,
                        ResultSet.CONCUR_READ_ONLY)) {
            select.setFetchSize(Integer.MIN_VALUE); // Connector/J: one row at a time
            select.setInt(1, logId);
            select.setLong(2, from);
            select.setLong(3, to);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) chunk.take(rows);
            }
        }
        chunk.skipTo(to);
        return chunk;
    }

    private void take(ResultSet row) throws SQLException {
        long position = RawRow.position(row);
        skipTo(position);
        RawEntry entry;
        try {
            entry = RawRow.entry(row, logId, position);
            EntryCodec.encode(entry, buffer);
        } catch (IllegalArgumentException e) {
            add(Damage.at(Kind.UNREADABLE, position, String.valueOf(e.getMessage())));
            tree.appendLeaf(NO_LEAF);
            return;
        }
        byte[] leaf = tree.append(buffer.bytes(), buffer.length());
        if (LeafCheck.of(leaf) != RawRow.leafCheck(row))
            add(Damage.at(Kind.MISMATCH, position, ""));
        else recorded(position, entry.recordedTimeMicros());
    }

    private void skipTo(long position) {
        long expected = from + tree.size();
        if (position == expected) return;
        add(Damage.missing(expected, position - 1));
        while (from + tree.size() < position) tree.appendLeaf(NO_LEAF);
    }

    private void recorded(long position, long micros) {
        if (micros < lastRecordedTime) add(Damage.at(Kind.TIME, position, ""));
        if (firstRecordedTime == Long.MAX_VALUE) firstRecordedTime = micros;
        lastRecordedTime = Math.max(lastRecordedTime, micros);
    }

    private void add(Damage damage) {
        if (damages.size() < MAX_NAMED) damages.add(damage);
        else unnamed++;
    }

    long events() {
        return to - from;
    }

    MerkleFrontier tree() {
        return tree;
    }

    List<Damage> damages() {
        return damages;
    }

    /** Damages beyond those that are named. */
    long unnamed() {
        return unnamed;
    }

    /** Whether its events can follow one that was recorded then. */
    boolean mayFollow(long recordedTimeMicros) {
        return firstRecordedTime >= recordedTimeMicros;
    }

    long from() {
        return from;
    }

    /** The latest recorded time in it; the least number when it has no event that is intact. */
    long lastRecordedTime() {
        return lastRecordedTime;
    }
}
