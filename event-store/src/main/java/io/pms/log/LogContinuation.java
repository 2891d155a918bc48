package io.pms.log;

import io.pms.entry.Entry;
import io.pms.entry.EntryCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends entries that the log has had before, byte for byte, with the recorded times that they
 * have: to a database that came back shorter than its archive. Every packet is guarded by the head
 * as an append is. The log is {@linkplain #shut shut} before: nothing that was under way commits
 * any more, and nobody appends before it is {@linkplain #open opened} again. What was appended
 * stays, and another one goes on behind it. Not thread-safe.
 */
public final class LogContinuation implements AutoCloseable {
    /** Bounds a packet as {@link LogSettings} does. */
    private static final int MAX_PACKET_EVENTS = 1_000;

    private static final int MAX_PACKET_CHARACTERS = 4 << 20;

    private final DatabaseUrl url;
    private final int logId;
    private final WriterConnection connection;
    private HeadRow head;

    private LogContinuation(DatabaseUrl url, int logId, WriterConnection connection, HeadRow head) {
        this.url = url;
        this.logId = logId;
        this.connection = connection;
        this.head = head;
    }

    /**
     * Looks where the log ends. Nothing is changed before it is {@linkplain #shut shut}.
     *
     * @param url with the application's account, or the owner's
     * @throws LogUnavailableException when the database cannot be reached
     * @throws IllegalStateException when there is no such log
     */
    public static LogContinuation begin(DatabaseUrl url, int logId) {
        WriterConnection connection =
                new WriterConnection(url, LogSettings.defaults().withLogId(logId));
        try {
            HeadRow head = HeadRow.read(connection.get(), logId);
            return new LogContinuation(url, logId, connection, head);
        } catch (SQLException e) {
            connection.close();
            throw LoadingLane.failed(url, e);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Closes the log to everybody else and fences what was under way; looks again where it ends.
     *
     * @throws LogUnavailableException when the database does not answer
     */
    public void shut() {
        run(open -> {
            long lineage = LogRecovery.close(open, logId);
            fence(open, logId);
            head = HeadRow.read(open, logId);
            if (head.lineage() != lineage)
                throw new IllegalStateException("another one rolls the log forward: wait for it");
            return null;
        });
    }

    private static void fence(Connection connection, int logId) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(HeadWriter.FENCE)) {
            update.setInt(1, logId);
            update.executeUpdate();
        }
    }

    /**
     * Lets others append again, unless another continuation has shut the log since. Where this is
     * not called, a log that was shut stays closed, and the next continuation goes on.
     *
     * @throws LogUnavailableException when the database does not answer
     */
    public void open() {
        run(open -> {
            LogRecovery.open(open, logId, head.lineage());
            return null;
        });
    }

    private <T extends @Nullable Object> T run(EventReader.Query<T> query) {
        try {
            return query.run(connection.get());
        } catch (SQLException e) {
            connection.discard();
            throw LoadingLane.failed(url, e);
        }
    }

    /** Where the log ends now. */
    public Head head() {
        return head.toHead(logId);
    }

    /**
     * Appends entries that follow the head, in as many transactions as that takes.
     *
     * @throws io.pms.entry.MalformedEntryException when one is not in canonical form
     * @throws IllegalArgumentException when one does not belong behind the one before
     * @throws IllegalStateException when somebody else appends, or the database refuses
     * @throws LogUnavailableException when the database does not answer
     */
    public void append(List<byte[]> entries) {
        int done = 0;
        while (done < entries.size()) done += appendSome(entries.subList(done, entries.size()));
    }

    private int appendSome(List<byte[]> entries) {
        MerkleFrontier tree = head.merkle();
        StringBuilder rows = new StringBuilder();
        long recorded = head.recordedTimeMicros();
        int count = 0;
        for (byte[] bytes : entries) {
            if (count == MAX_PACKET_EVENTS || rows.length() > MAX_PACKET_CHARACTERS) break;
            Entry entry = EntryCodec.decode(bytes);
            LoadingLane.requirePlace(entry, logId, head.size() + count);
            if (entry.recordedTimeMicros() < recorded)
                throw new IllegalArgumentException(
                        "recorded time goes back at position " + entry.position());
            recorded = entry.recordedTimeMicros();
            rows.append(count++ == 0 ? EventSql.INSERT : ",");
            EventSql.row(rows, entry, LeafCheck.of(tree.append(bytes)));
        }
        commit(rows, head.grown(tree, recorded));
        return count;
    }

    private void commit(StringBuilder rows, HeadRow after) {
        StringBuilder sql = new StringBuilder("ROLLBACK;START TRANSACTION;");
        Packet.advance(sql, logId, head, after);
        sql.append(rows).append(";COMMIT");
        try {
            WriterConnection.executeAll(connection.get(), sql.toString());
            head = after;
        } catch (SQLException e) {
            connection.discard();
            if (SqlErrors.isStale(e))
                throw new IllegalStateException(
                        "another process appends to the log: stop everything that does, and run it again",
                        e);
            throw LoadingLane.failed(url, e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
