package io.pms.log;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A restore that fills a database. One at a time: a lock holds off others, and processes that
 * start. It is marked in the database: until it has ended, no log is opened there, not even after a
 * crash.
 */
final class RestoreAttempt implements AutoCloseable {
    static final String MARK = "pms_restore";

    /** Where a backup's heads wait for their rows. */
    static final String HEADS_ASIDE = "pms_restore_head";

    /** Marks a restore of all logs that a database has. */
    static final int ALL_LOGS = -1;

    private static final String PURPOSE = "tables";

    /** A server lets go of the lock of a machine that has died after two minutes. */
    private static final String OPTIONS =
            "connectTimeout=5000&socketTimeout=90000&sessionVariables=wait_timeout=120";

    private static final long PING_SECONDS = 30;

    private static final Logger LOGGER = LoggerFactory.getLogger(RestoreAttempt.class);

    private final DatabaseLock lock;
    private final Thread pings;

    private RestoreAttempt(DatabaseLock lock) {
        this.lock = lock;
        this.pings = Thread.ofVirtual().name("restore-lock").start(this::ping);
    }

    /**
     * Holds off every restore, and everybody else who makes tables.
     *
     * @param seconds how long others are waited for
     * @throws IllegalStateException when another one is at work, or a process starts
     * @throws LogUnavailableException when the database cannot be reached
     */
    static RestoreAttempt begin(DatabaseUrl owner, int seconds) {
        try {
            DatabaseLock lock = DatabaseLock.take(owner, OPTIONS, PURPOSE, seconds);
            if (lock == null)
                throw new IllegalStateException(
                        "a restore into "
                                + owner
                                + " is under way, or a process prepares its tables: wait until it has ended; where its machine is gone, two minutes");
            return new RestoreAttempt(lock);
        } catch (SQLException e) {
            throw LogSchema.translate(owner, e);
        }
    }

    private void ping() {
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(PING_SECONDS);
                if (!lock.connection().isValid(60))
                    LOGGER.warn("the lock of the restore is lost: start no other one meanwhile");
            }
        } catch (InterruptedException | SQLException e) {
            Thread.currentThread().interrupt(); // it has ended
        }
    }

    static void mark(Connection connection, int logId) throws SQLException {
        execute(connection, "CREATE TABLE IF NOT EXISTS " + MARK + " (id INT PRIMARY KEY)");
        execute(connection, "REPLACE INTO " + MARK + " VALUES (" + logId + ")");
    }

    /** Nothing but this one is at work: what others have left is thrown away with it. */
    static void markAll(Connection connection) throws SQLException {
        mark(connection, ALL_LOGS);
        execute(connection, "DELETE FROM " + MARK + " WHERE id <> " + ALL_LOGS);
    }

    /** It has made its log; one of all logs, which has not, has left nothing that is needed. */
    static void unmark(Connection connection, int logId) throws SQLException {
        execute(
                connection,
                "DELETE FROM " + MARK + " WHERE id IN (" + ALL_LOGS + ", " + logId + ")");
        if (!isAny(connection, "TRUE")) execute(connection, "DROP TABLE " + MARK);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Whether a table is a restore's own, which holds nothing that is worth keeping. */
    static boolean isOwn(String table) {
        return table.equals(MARK) || table.equals(HEADS_ASIDE);
    }

    /**
     * @throws IllegalStateException when one has begun here and not ended
     */
    static void requireNone(Connection connection, int logId) throws SQLException {
        if (has(connection, MARK) && isAny(connection, "id IN (" + ALL_LOGS + ", " + logId + ")"))
            throw new IllegalStateException(
                    "a restore into this database has not ended; run it again");
    }

    private static boolean isAny(Connection connection, String which) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT 1 FROM " + MARK + " WHERE " + which)) {
            return rows.next();
        }
    }

    static boolean has(Connection connection, String table) throws SQLException {
        String sql =
                "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = '"
                        + table
                        + "'";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next();
        }
    }

    @Override
    public void close() {
        pings.interrupt();
        lock.close();
    }
}
