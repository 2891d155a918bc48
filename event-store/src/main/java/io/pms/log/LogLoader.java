package io.pms.log;

import io.pms.entry.Entry;
import io.pms.entry.EntryCodec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills a database that has no log with the entries of another one, byte for byte. As long as it is
 * not finished there are events and no head: nothing opens such a log, and loading may go on where
 * it stopped. Several threads may load ranges at the same time.
 */
public final class LogLoader {
    /** Of one INSERT: some hundred KB, far from any server's {@code max_allowed_packet}. */
    private static final int ROWS_A_STATEMENT = 500;

    private static final int STATEMENT_CHARACTERS = 1 << 20;

    private final DatabaseUrl owner;
    private final int logId;

    private LogLoader(DatabaseUrl owner, int logId) {
        this.owner = owner;
        this.logId = logId;
    }

    /**
     * Makes the tables where there are none.
     *
     * @param owner an account that may do so
     * @throws IllegalStateException when the database has this log already
     * @throws LogUnavailableException when the database cannot be reached
     */
    public static LogLoader begin(DatabaseUrl owner, int logId) {
        LogSchema.migrateTables(owner);
        LogLoader loader = new LogLoader(owner, logId);
        loader.requireNoHead();
        return loader;
    }

    private void requireNoHead() {
        run(connection -> {
            HeadRow head = HeadRow.find(connection, logId);
            if (head != null)
                throw new IllegalStateException(
                        "log "
                                + logId
                                + " in "
                                + owner
                                + " exists already, with "
                                + head.size()
                                + " events; restore into an empty database");
            return null;
        });
    }

    /** The position after the last event that is stored within a range; {@code from} if none is. */
    public long storedUpTo(long from, long to) {
        return run(connection -> {
            String sql =
                    "SELECT COALESCE(MAX(position) + 1, ?) FROM event WHERE log_id = ? AND position >= ? AND position < ?";
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setLong(1, from);
                select.setInt(2, logId);
                select.setLong(3, from);
                select.setLong(4, to);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    /**
     * Stores entries that are neighbours, all of them or none.
     *
     * @param entries the bytes of canonical entries, from the first position on
     * @throws io.pms.entry.MalformedEntryException when one is not in canonical form
     * @throws IllegalArgumentException when one is of another log or place
     */
    public void load(long first, List<byte[]> entries) {
        run(connection -> {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET unique_checks = 0");
                insert(statement, first, entries);
                connection.commit();
            }
            return null;
        });
    }

    private void insert(Statement statement, long first, List<byte[]> entries) throws SQLException {
        MerkleFrontier hasher = new MerkleFrontier();
        StringBuilder sql = new StringBuilder();
        int rows = 0;
        for (int i = 0; i < entries.size(); i++) {
            byte[] bytes = entries.get(i);
            Entry entry = EntryCodec.decode(bytes);
            requirePlace(entry, first + i);
            sql.append(rows++ == 0 ? EventSql.INSERT : ",");
            EventSql.row(sql, entry, LeafCheck.of(hasher.append(bytes)));
            if (rows == ROWS_A_STATEMENT || sql.length() > STATEMENT_CHARACTERS) {
                statement.executeUpdate(sql.toString());
                sql.setLength(0);
                rows = 0;
            }
        }
        if (rows > 0) statement.executeUpdate(sql.toString());
    }

    private void requirePlace(Entry entry, long position) {
        if (entry.logId() != logId || entry.position() != position)
            throw new IllegalArgumentException(
                    "the entry at position "
                            + position
                            + " says that it is number "
                            + entry.position()
                            + " of log "
                            + entry.logId());
    }

    /**
     * Reads everything back and, when its tree is the one that is expected, makes the head: from
     * then on it is a log.
     *
     * @param origin the log's name
     * @param expected the tree of all entries
     * @throws IllegalStateException when the rows make another tree, saying where if that can be
     *     told; there is no head then
     */
    public void finish(String origin, MerkleFrontier expected, LogVerifier.Progress progress) {
        requireNoHead();
        HeadRow head =
                new HeadRow(
                        origin,
                        expected.size(),
                        expected.root(),
                        0,
                        lastRecordedTime(expected.size()),
                        expected.toBytes());
        LogVerifier.Result result = LogVerifier.verify(owner, logId, head, progress);
        if (!result.ok())
            throw new IllegalStateException(
                    "what was stored is not what was restored: " + result.problem());
        run(connection -> {
            LogSchema.insertHead(connection, logId, head);
            return null;
        });
    }

    private long lastRecordedTime(long size) {
        return run(connection -> {
            String sql = "SELECT recorded_time FROM event WHERE log_id = ? AND position = ?";
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setInt(1, logId);
                select.setLong(2, size - 1);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? row.getLong(1) : 0L;
                }
            }
        });
    }

    private <T extends @Nullable Object> T run(EventReader.Query<T> query) {
        try (Connection connection =
                DriverManager.getConnection(
                        owner.with("connectTimeout=5000&socketTimeout=600000"))) {
            return query.run(connection);
        } catch (SQLException e) {
            throw LogUnavailableException.unreachable(owner, e);
        }
    }
}
