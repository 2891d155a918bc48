package io.pms.log;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes a log from its rows and compares it with what was written with them: each row with its
 * {@code leaf_check}, all of them with the Merkle frontier in the log's head (RFC 6962). Changed,
 * swapped, removed and inserted events are found and named by their position; when a row was
 * changed together with its check, the smallest subtree of the frontier that has it is named. It
 * reads only, and what is appended meanwhile does not disturb it.
 */
public final class LogVerifier {
    private LogVerifier() {}

    /** Told now and then how far it is; on the caller's thread. */
    public interface Progress {
        Progress NONE = (done, all) -> {};

        void show(long doneEvents, long allEvents);
    }

    /**
     * @param events how many the head says there are
     * @param root of the Merkle tree that the rows make
     * @param problems empty when all is well, else what is wrong and where
     */
    public record Result(int logId, long events, byte[] root, List<String> problems) {
        public Result {
            problems = List.copyOf(problems);
        }

        public boolean ok() {
            return problems.isEmpty();
        }

        /** All of them as one text; null when all is well. */
        public @Nullable String problem() {
            return ok() ? null : String.join("; ", problems);
        }
    }

    /**
     * The logs that a database has, also those that have events and no head.
     *
     * @throws LogUnavailableException when the database cannot be reached
     * @throws IllegalStateException when it has no logs at all
     */
    public static SortedSet<Integer> logs(DatabaseUrl url) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            SortedSet<Integer> logs = new TreeSet<>();
            for (String sql :
                    List.of("SELECT log_id FROM log_head", "SELECT DISTINCT log_id FROM event"))
                try (ResultSet rows = statement.executeQuery(sql)) {
                    while (rows.next()) logs.add(rows.getInt(1));
                }
            return logs;
        } catch (SQLException e) {
            if (SqlErrors.isNoTable(e))
                throw new IllegalStateException("there is no log in " + url, e);
            throw LogUnavailableException.unreachable(url, e);
        }
    }

    /**
     * Verifies one log as it is now.
     *
     * @throws LogUnavailableException when the database cannot be reached
     */
    public static Result verify(DatabaseUrl url, int logId, Progress progress) {
        return verify(url, logId, Chunk.EVENTS, progress);
    }

    static Result verify(DatabaseUrl url, int logId, int chunkEvents, Progress progress) {
        Ends ends = ends(url, logId);
        HeadRow head = ends.head();
        if (head == null)
            return new Result(
                    logId, 0, new byte[0], List.of("log " + logId + " has events and no head"));
        return verify(url, logId, head, ends, chunkEvents, progress);
    }

    /** Verifies rows against a head that is not stored yet. */
    static Result verify(DatabaseUrl url, int logId, HeadRow head, Progress progress) {
        try (Connection connection = connect(url)) {
            Ends ends = Ends.read(connection, logId, head);
            return verify(url, logId, head, ends, Chunk.EVENTS, progress);
        } catch (SQLException e) {
            throw LogUnavailableException.unreachable(url, e);
        }
    }

    private static Result verify(
            DatabaseUrl url,
            int logId,
            HeadRow head,
            Ends ends,
            int chunkEvents,
            Progress progress) {
        Verification verification = new Verification(logId, head, ends.outside());
        try (Chunks chunks = new Chunks(() -> connect(url), logId, ends.stored(), chunkEvents)) {
            chunks.start();
            for (int i = 0; i < chunks.count(); i++) {
                verification.take(chunks.await(i));
                progress.show(verification.events(), ends.stored());
            }
        }
        return verification.result();
    }

    private static Ends ends(DatabaseUrl url, int logId) {
        try (Connection connection = connect(url)) {
            return Ends.read(connection, logId);
        } catch (SQLException e) {
            throw LogUnavailableException.unreachable(url, e);
        }
    }

    /** Rows come in binary: numbers need not be parsed. */
    private static Connection connect(DatabaseUrl url) throws SQLException {
        return DriverManager.getConnection(
                url.with("useServerPrepStmts=true&connectTimeout=5000&socketTimeout=60000"));
    }

    /** The same of a log that is open. */
    public static Result verify(MysqlEventLog log) {
        return verify(log.url(), log.logId(), Progress.NONE);
    }
}
