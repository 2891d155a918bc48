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
 * it stopped. Several threads may load ranges at the same time, each over a {@link LoadingLane} of
 * its own.
 */
public final class LogLoader implements AutoCloseable {
    private final DatabaseUrl owner;
    private final int logId;
    private final RestoreAttempt attempt;

    private LogLoader(DatabaseUrl owner, int logId, RestoreAttempt attempt) {
        this.owner = owner;
        this.logId = logId;
        this.attempt = attempt;
    }

    /**
     * Makes the tables where there are none. In a database without any event the indexes of {@code
     * event} are taken away until {@link #finish}.
     *
     * @param owner an account that may do so
     * @throws IllegalStateException when the database has this log already, or another restore is
     *     at work in it or was cut off
     * @throws LogUnavailableException when the database cannot be reached
     */
    public static LogLoader begin(DatabaseUrl owner, int logId) {
        LogLoader loader = new LogLoader(owner, logId, RestoreAttempt.begin(owner, 10));
        try {
            loader.run(loader::prepare);
            return loader;
        } catch (RuntimeException e) {
            loader.close();
            throw e;
        }
    }

    private @Nullable Void prepare(Connection connection) throws SQLException {
        if (RestoreAttempt.has(connection, RestoreAttempt.HEADS_ASIDE))
            throw new IllegalStateException(
                    "the restore of a backup into "
                            + owner
                            + " has not ended: run it again, or restore into an empty database");
        LogSchema.migrateTables(owner);
        requireNoHead();
        RestoreAttempt.mark(connection, logId);
        if (!has(connection, "event") && !has(connection, "log_head"))
            EventIndexes.drop(connection);
        return null;
    }

    private static boolean has(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1 FROM " + table + " LIMIT 1")) {
            return rows.next();
        }
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

    /**
     * Nothing may be stored from a position on, which is behind the last one to be loaded.
     *
     * @throws IllegalStateException when something is: another attempt has loaded more
     */
    public void requireNothingFrom(long position) {
        long end = storedUpTo(position, Long.MAX_VALUE);
        if (end > position)
            throw new IllegalStateException(
                    "%s has events up to position %,d already: it belongs to another attempt; restore into an empty database"
                            .formatted(owner, end - 1));
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
     * Opens a connection for one thread.
     *
     * @throws LogUnavailableException when the database cannot be reached
     */
    public LoadingLane open() {
        return LoadingLane.open(owner, logId);
    }

    /** The same as {@link LoadingLane#load} for whoever has one range only. */
    public void load(long first, List<byte[]> entries) {
        try (LoadingLane lane = open()) {
            lane.load(first, entries);
        }
    }

    /**
     * Makes the indexes, reads everything back and, when its tree is the one that is expected,
     * makes the head: from then on it is a log.
     *
     * @param origin the log's name
     * @param expected the tree of all entries
     * @throws IllegalStateException when the rows make another tree, saying where if that can be
     *     told; there is no head then
     */
    public void finish(String origin, MerkleFrontier expected, LogVerifier.Progress progress) {
        finish(origin, expected, List.of(), 0, progress);
    }

    /**
     * The same for a log that is not the one whose entries were loaded, and whose first own events
     * say so: events and head are made in one step.
     *
     * @param own of no command; their positions are those after all that was loaded
     * @param nowMicros when they are recorded, unless that would be before the event in front
     */
    public void finish(
            String origin,
            MerkleFrontier expected,
            List<NewEvent> own,
            long nowMicros,
            LogVerifier.Progress progress) {
        HeadRow parents = verified(origin, expected, progress);
        long recorded = Math.max(nowMicros, parents.recordedTimeMicros());
        MerkleFrontier tree = expected.copy();
        run(connection -> {
            makeHead(connection, parents, own, tree, recorded);
            return null;
        });
    }

    private void makeHead(
            Connection connection,
            HeadRow parents,
            List<NewEvent> own,
            MerkleFrontier tree,
            long recorded)
            throws SQLException {
        RestoreAttempt.unmark(
                connection, logId); // without a head, its events keep the log from opening
        connection.setAutoCommit(false);
        for (NewEvent event : own)
            LoadingLane.execute(connection, insert(entry(event, tree.size(), recorded), tree));
        LogSchema.insertHead(connection, logId, parents.grown(tree, recorded));
        LogRecovery.newLineage(connection, logId);
        connection.commit();
    }

    private static String insert(Entry entry, MerkleFrontier tree) {
        byte[] bytes = EntryCodec.encode(entry);
        if (bytes.length > EntryCodec.MAX_BYTES)
            throw new IllegalStateException(
                    "an event of the new log is larger than an entry may be");
        StringBuilder insert = new StringBuilder(EventSql.INSERT);
        EventSql.row(insert, entry, LeafCheck.of(tree.append(bytes)));
        return insert.toString();
    }

    private Entry entry(NewEvent event, long position, long recorded) {
        return new Entry(
                logId,
                position,
                recorded,
                event.timeMicros(),
                UuidV7.next().toString(),
                event.type(),
                event.subject(),
                event.sequence(),
                event.tenant(),
                event.actor(),
                null,
                event.correlationId(),
                event.causationId(),
                event.traceparent(),
                event.metadata(),
                event.dataContentType(),
                event.data());
    }

    private HeadRow verified(
            String origin, MerkleFrontier expected, LogVerifier.Progress progress) {
        requireNoHead();
        run(connection -> {
            EventIndexes.build(connection);
            return null;
        });
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
        return head;
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

    /** Without a timeout once connected: sorting many events for an index takes its time. */
    private <T extends @Nullable Object> T run(EventReader.Query<T> query) {
        try (Connection connection =
                DriverManager.getConnection(owner.with("connectTimeout=5000"))) {
            return query.run(connection);
        } catch (SQLException e) {
            throw LoadingLane.failed(owner, e);
        }
    }

    /** Lets others make tables; what is not finished stays marked. */
    @Override
    public void close() {
        attempt.close();
    }
}
