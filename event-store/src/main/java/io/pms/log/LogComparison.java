package io.pms.log;

import io.pms.entry.EntryBuffer;
import io.pms.entry.EntryCodec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** Compares the rows of a log with a Merkle tree that is known from elsewhere. It reads only. */
public final class LogComparison {
    private static final String OPTIONS =
            "useServerPrepStmts=true&connectTimeout=5000&socketTimeout=60000";

    private LogComparison() {}

    /** The tree that the rows should make. */
    public interface Tree {
        /**
         * The root over some leaves, 32 bytes.
         *
         * @param from a multiple of a power of two that is not less than their number
         */
        byte[] root(long from, long to);

        /** The hashes of some leaves; asked for where roots differ. */
        List<byte[]> leaves(long from, long to);
    }

    /**
     * The first position of which the row is not the expected one, or is not there.
     *
     * @param size how many events are compared, from the first one on
     * @return empty when all of them are as expected
     * @throws LogUnavailableException when the database cannot be reached
     */
    public static OptionalLong firstDifference(
            DatabaseUrl url, int logId, long size, Tree expected, LogVerifier.Progress progress) {
        return firstDifference(url, logId, size, Chunk.EVENTS, expected, progress);
    }

    static OptionalLong firstDifference(
            DatabaseUrl url,
            int logId,
            long size,
            int chunkEvents,
            Tree expected,
            LogVerifier.Progress progress) {
        try (Chunks chunks = new Chunks(() -> connect(url), logId, size, chunkEvents)) {
            chunks.start();
            for (int i = 0; i < chunks.count(); i++) {
                Chunk chunk = chunks.await(i);
                long from = chunk.from();
                long to = from + chunk.events();
                if (!Arrays.equals(chunk.tree().root(), expected.root(from, to)))
                    return OptionalLong.of(difference(url, logId, from, expected.leaves(from, to)));
                progress.show(to, size);
            }
        }
        return OptionalLong.empty();
    }

    private static long difference(DatabaseUrl url, int logId, long from, List<byte[]> expected) {
        List<byte[]> stored = leaves(url, logId, from, from + expected.size());
        for (int i = 0; i < expected.size(); i++)
            if (!Arrays.equals(stored.get(i), expected.get(i))) return from + i;
        throw new IllegalStateException(
                "the events from position " + from + " on have changed while they were compared");
    }

    private static List<byte[]> leaves(DatabaseUrl url, int logId, long from, long to) {
        List<byte[]> leaves = new ArrayList<>();
        for (long i = from; i < to; i++) leaves.add(Chunk.NO_LEAF);
        String sql =
                "SELECT "
                        + RawRow.COLUMNS
                        + " FROM event WHERE log_id = ? AND position >= ? AND position < ? ORDER BY position";
        try (Connection connection = connect(url);
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setFetchSize(Integer.MIN_VALUE); // Connector/J: one row at a time
            select.setInt(1, logId);
            select.setLong(2, from);
            select.setLong(3, to);
            try (ResultSet rows = select.executeQuery()) {
                EntryBuffer buffer = new EntryBuffer();
                MerkleFrontier hasher = new MerkleFrontier();
                while (rows.next()) {
                    long position = RawRow.position(rows);
                    leaves.set(
                            Math.toIntExact(position - from),
                            leaf(rows, logId, position, buffer, hasher));
                }
            }
            return leaves;
        } catch (SQLException e) {
            throw LogUnavailableException.unreachable(url, e);
        }
    }

    private static byte[] leaf(
            ResultSet row, int logId, long position, EntryBuffer buffer, MerkleFrontier hasher)
            throws SQLException {
        try {
            EntryCodec.encode(RawRow.entry(row, logId, position), buffer);
            return hasher.append(buffer.bytes(), buffer.length());
        } catch (IllegalArgumentException e) {
            return Chunk.NO_LEAF; // a row that cannot be an event's
        }
    }

    private static Connection connect(DatabaseUrl url) throws SQLException {
        return DriverManager.getConnection(url.with(OPTIONS));
    }
}
