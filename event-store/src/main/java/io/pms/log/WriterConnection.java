package io.pms.log;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * The committer's own connection, opened when needed and thrown away after any failure that leaves
 * it in doubt.
 */
final class WriterConnection implements AutoCloseable {
    /**
     * A writer that dies or is paused between an error and its ROLLBACK leaves locks; the server
     * ends its silent connection, and with it the locks, after this.
     */
    private static final int SILENCE_SECONDS = 10;

    /** A connection that was silent for longer is asked whether it still lives. */
    private static final long TRUSTED_NANOS = 2_000_000_000;

    private final DatabaseUrl url;
    private final LogSettings settings;
    private @Nullable Connection connection;
    private long usedNanos;

    WriterConnection(DatabaseUrl url, LogSettings settings) {
        this.url = url;
        this.settings = settings;
    }

    Connection get() throws SQLException {
        long now = System.nanoTime();
        Connection open = connection;
        if (open != null && now - usedNanos > TRUSTED_NANOS && !open.isValid(1)) discard();
        if (connection == null) connection = open();
        usedNanos = now;
        return connection;
    }

    private Connection open() throws SQLException {
        long timeout = settings.socketTimeout().toMillis();
        Connection opened =
                DriverManager.getConnection(
                        url.with(
                                "allowMultiQueries=true&useServerPrepStmts=false&characterEncoding=UTF-8&connectTimeout="
                                        + timeout
                                        + "&socketTimeout="
                                        + timeout));
        try (Statement statement = opened.createStatement()) {
            statement.execute(
                    "SET SESSION sql_mode='STRICT_ALL_TABLES', SESSION innodb_lock_wait_timeout=5, SESSION wait_timeout="
                            + SILENCE_SECONDS);
            statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
            return opened;
        } catch (SQLException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * Executes every statement of a text and reads every result, so that an error in a later one is
     * seen.
     */
    static void executeAll(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false); // else every brace of JSON makes it look for {fn}
            boolean rows = statement.execute(sql);
            while (rows || statement.getUpdateCount() != -1) rows = statement.getMoreResults();
        }
    }

    /** Ends what an error left open; a connection that cannot even do that is thrown away. */
    void rollback() {
        if (connection == null) return;
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            discard();
        }
    }

    void discard() {
        Connection old = connection;
        connection = null;
        if (old == null) return;
        try {
            old.abort(Runnable::run); // does not wait for a server that does not answer
        } catch (SQLException e) {
            // the socket is gone already, which is what was wanted
        }
    }

    @Override
    public void close() {
        discard();
    }
}
