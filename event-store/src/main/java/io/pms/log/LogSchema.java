package io.pms.log;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the log's tables and triggers, opens the log, and gives the application account exactly the
 * rights it needs: on {@code event} SELECT and INSERT, on the head SELECT and UPDATE, no DDL.
 */
public final class LogSchema {
    private static final Logger LOGGER = LoggerFactory.getLogger(LogSchema.class);

    /** Processes that start together prepare the tables one after the other. */
    private static final int LOCK_SECONDS = 60;

    private static final Map<String, String> RIGHTS = new LinkedHashMap<>();

    static {
        RIGHTS.put("log_head", "SELECT, UPDATE");
        RIGHTS.put("event", "SELECT, INSERT");
        RIGHTS.put("command_bodies", "SELECT, INSERT, DELETE");
        RIGHTS.put("receipt", "SELECT, INSERT, UPDATE");
        RIGHTS.put("snapshot", "SELECT, INSERT, UPDATE, DELETE");
        RIGHTS.put("subject_key", "SELECT, INSERT, UPDATE");
        RIGHTS.put("policy_token", "SELECT, INSERT, UPDATE, DELETE");
        RIGHTS.put("policy_deadline", "SELECT, INSERT, UPDATE, DELETE");
        RIGHTS.put("archive", "SELECT, INSERT, UPDATE");
        RIGHTS.put("log_recovery", "SELECT, INSERT, UPDATE"); // as rolling forward needs it
        RIGHTS.put(LogTables.HISTORY, "SELECT"); // a backup says which migrations it needs
    }

    private LogSchema() {}

    /** The same for whoever may make a log where there is none. */
    public static void migrate(DatabaseUrl owner, DatabaseUrl application, int logId) {
        migrate(owner, application, logId, NewLogGuard.NONE);
    }

    /**
     * Brings the database up to date. Running it again changes nothing.
     *
     * @param owner an account that may create tables and triggers and grant rights
     * @param application the account that the platform works with
     * @param guard asked before the log is made, where there is none
     * @throws LogUnavailableException when the database cannot be reached
     * @throws IllegalStateException when an account may not do what is needed, saying what to do;
     *     or a restore into this database has not ended
     */
    public static void migrate(
            DatabaseUrl owner, DatabaseUrl application, int logId, NewLogGuard guard) {
        try (Connection connection =
                DriverManager.getConnection(owner.with("connectTimeout=5000"))) {
            RestoreAttempt.requireNone(connection, logId); // one at work is not waited for
            try (RestoreAttempt none = RestoreAttempt.begin(owner, LOCK_SECONDS)) {
                RestoreAttempt.requireNone(connection, logId);
                boolean hasLog = has(connection, LogTables.HEADS, logId);
                if (!hasLog) requireMayBeMade(connection, logId, guard);
                forgetFailedMigrations(connection);
                migrateWithFlyway(owner);
                EventIndexes.build(connection); // where somebody has taken one away
                if (!hasLog) makeLog(connection, logId);
                grant(connection, application);
            }
        } catch (SQLException e) {
            throw translate(owner, e);
        }
    }

    private static boolean has(Connection connection, String table, int logId) throws SQLException {
        String sql = "SELECT 1 FROM " + table + " WHERE log_id = ? LIMIT 1";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, logId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException e) {
            if (!SqlErrors.isNoTable(e)) throw e;
            return false;
        }
    }

    /** Before anything is changed. */
    private static void requireMayBeMade(Connection connection, int logId, NewLogGuard guard)
            throws SQLException {
        if (has(connection, "event", logId))
            throw new IllegalStateException(
                    "log "
                            + logId
                            + " has events and no head: a restore into this database has not ended; run it again");
        guard.beforeNewLog(logId);
    }

    /**
     * A migration that was refused or cut off would be in the way of every later start. Ours can be
     * repeated.
     */
    private static void forgetFailedMigrations(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM pms_log_schema WHERE success = 0");
        } catch (SQLException e) {
            if (!SqlErrors.isNoTable(e)) throw e;
        }
    }

    /**
     * @param target the last version to migrate to; {@code latest} for all
     */
    static Flyway flyway(DatabaseUrl owner, String target) {
        return Flyway.configure()
                .dataSource(owner.jdbc(), null, null)
                .locations("classpath:db/log")
                .table(LogTables.HISTORY)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .target(target)
                .load();
    }

    private static void migrateWithFlyway(DatabaseUrl owner) throws SQLException {
        try {
            flyway(owner, "latest").migrate();
        } catch (FlywayException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause())
                if (cause instanceof SQLException sql) throw sql;
            throw e;
        }
    }

    /** Makes the tables and no log. */
    static void migrateTables(DatabaseUrl owner) {
        try (Connection connection =
                DriverManager.getConnection(owner.with("connectTimeout=5000"))) {
            forgetFailedMigrations(connection);
            migrateWithFlyway(owner);
        } catch (SQLException e) {
            throw translate(owner, e);
        }
    }

    private static void makeLog(Connection connection, int logId) throws SQLException {
        MerkleFrontier empty = new MerkleFrontier();
        String origin = "pms/log/" + UUID.randomUUID();
        insertHead(connection, logId, new HeadRow(origin, 0, empty.root(), 0, 0, empty.toBytes()));
    }

    /**
     * Makes a log.
     *
     * @throws IllegalStateException when there is one
     */
    static void insertHead(Connection connection, int logId, HeadRow head) throws SQLException {
        String sql =
                "INSERT INTO log_head (log_id, origin, size, root, previous, previous_root, epoch, expected_epoch,"
                        + " recorded_time, frontier) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setInt(1, logId);
            insert.setString(2, head.origin());
            insert.setLong(3, head.size());
            insert.setBytes(4, head.root());
            insert.setLong(5, head.size());
            insert.setBytes(6, head.root());
            insert.setLong(7, head.epoch());
            insert.setLong(8, head.epoch());
            insert.setLong(9, head.recordedTimeMicros());
            insert.setBytes(10, head.frontier());
            insert.executeUpdate();
        } catch (SQLException e) {
            if (e.getErrorCode() != SqlErrors.DUPLICATE_KEY) throw e;
            throw new IllegalStateException("another process has made log " + logId, e);
        }
    }

    private static void grant(Connection connection, DatabaseUrl application) throws SQLException {
        String account = account(application);
        if (account.equals(currentUser(connection))) {
            LOGGER.warn(
                    "the platform works with the owner's account {}: set DATABASE_OWNER_URL to the owner and DATABASE_URL to"
                            + " an account without rights, so that the database itself keeps the log append-only",
                    account);
            return;
        }
        try (Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> right : RIGHTS.entrySet())
                statement.execute(
                        "GRANT " + right.getValue() + " ON " + right.getKey() + " TO " + account);
        }
    }

    private static String account(DatabaseUrl url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url.withoutDatabase())) {
            return currentUser(connection);
        }
    }

    private static String currentUser(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT CURRENT_USER()")) {
            rows.next();
            String user = rows.getString(1);
            int at = user.lastIndexOf('@');
            return "'" + user.substring(0, at) + "'@'" + user.substring(at + 1) + "'";
        }
    }

    static RuntimeException translate(DatabaseUrl owner, SQLException e) {
        return switch (e.getErrorCode()) {
            case 1419 ->
                    new IllegalStateException(
                            "the database refuses triggers while its binary log is on: set log_bin_trust_function_creators=1,"
                                    + " or let an account with SUPER migrate (DATABASE_OWNER_URL)",
                            e);
            case 1044, 1142, 1227, 1410 ->
                    new IllegalStateException(
                            "the account in DATABASE_OWNER_URL may not make tables and triggers or grant rights in "
                                    + owner
                                    + ": "
                                    + e.getMessage(),
                            e);
            case 1045 ->
                    new IllegalStateException(
                            "the database at " + owner + " refuses the account: " + e.getMessage(),
                            e);
            case 1049 ->
                    new IllegalStateException(
                            "there is no database " + owner + ": create it first", e);
            default ->
                    SqlErrors.isConnection(e)
                            ? LogUnavailableException.unreachable(owner, e)
                            : new IllegalStateException(
                                    "cannot prepare the log in " + owner + ": " + e.getMessage(),
                                    e);
        };
    }
}
