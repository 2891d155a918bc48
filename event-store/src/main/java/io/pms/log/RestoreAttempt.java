package io.pms.log;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A restore that fills a database. One at a time: a lock holds off others, and processes that
 * start. It is marked in the database: until it has ended, no log is opened there, not even after a
 * crash.
 */
final class RestoreAttempt implements AutoCloseable {
    static final String MARK = "pms_restore";

    /** Where a backup's heads wait for their rows. */
    static final String HEADS_ASIDE = "pms_restore_head";

    private static final String PURPOSE = "tables";

    /** The lock's connection is silent as long as a restore takes: up to a week. */
    private static final String OPTIONS =
            "connectTimeout=5000&tcpKeepAlive=true&sessionVariables=wait_timeout=604800";

    private final DatabaseLock lock;

    private RestoreAttempt(DatabaseLock lock) {
        this.lock = lock;
    }

    /**
     * @throws IllegalStateException when another one is at work, or a process starts
     * @throws LogUnavailableException when the database cannot be reached
     */
    static RestoreAttempt begin(DatabaseUrl owner) {
        return new RestoreAttempt(hold(owner, 10));
    }

    /** Holds off every restore, and everybody else who makes tables. */
    static DatabaseLock hold(DatabaseUrl owner, int seconds) {
        try {
            DatabaseLock lock = DatabaseLock.take(owner, OPTIONS, PURPOSE, seconds);
            if (lock == null)
                throw new IllegalStateException(
                        "a restore into "
                                + owner
                                + " is under way, or a process prepares its tables: wait until it has ended");
            return lock;
        } catch (SQLException e) {
            throw LogSchema.translate(owner, e);
        }
    }

    static void mark(Connection connection) throws SQLException {
        execute(connection, "CREATE TABLE IF NOT EXISTS " + MARK + " (id INT PRIMARY KEY)");
    }

    static void unmark(Connection connection) throws SQLException {
        execute(connection, "DROP TABLE IF EXISTS " + MARK);
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
    static void requireNone(Connection connection) throws SQLException {
        if (has(connection, MARK))
            throw new IllegalStateException(
                    "a restore into this database has not ended; run it again");
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
        lock.close();
    }
}
