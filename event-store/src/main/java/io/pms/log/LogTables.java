package io.pms.log;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a database that is filled with the rows of another one. The heads of its logs are
 * kept aside until everything else is there and has been verified: nothing opens a log without a
 * head. What an attempt that was cut off has left is thrown away by the next one.
 */
public final class LogTables implements AutoCloseable {
    /** Which migrations were run. A restore runs them itself and never loads this table. */
    public static final String HISTORY = "pms_log_schema";

    /** The heads of the logs. */
    public static final String HEADS = "log_head";

    private static final String HEADS_ASIDE = RestoreAttempt.HEADS_ASIDE;

    private final DatabaseUrl owner;
    private final RestoreAttempt attempt;

    private LogTables(DatabaseUrl owner, RestoreAttempt attempt) {
        this.owner = owner;
        this.attempt = attempt;
    }

    /** Whether a table is a restore's own, which holds nothing that is worth keeping. */
    public static boolean isOfRestore(String table) {
        return RestoreAttempt.isOwn(table);
    }

    /** The newest migration that a database has; the account needs to read {@link #HISTORY}. */
    public static String version(Connection connection) throws SQLException {
        MigrationVersion newest = MigrationVersion.EMPTY;
        for (String version :
                texts(connection, "SELECT version FROM " + HISTORY + " WHERE success = 1"))
            if (newest.compareTo(MigrationVersion.fromVersion(version)) < 0)
                newest = MigrationVersion.fromVersion(version);
        return newest.getVersion();
    }

    /**
     * Makes the tables, without rows, as they were at a version.
     *
     * @param owner an account that may make and drop tables and triggers
     * @throws IllegalStateException when the database has tables already that no attempt like this
     *     one has left, another restore is at work, or this version of PMS does not know that of
     *     the tables
     * @throws LogUnavailableException when the database cannot be reached
     */
    public static LogTables begin(DatabaseUrl owner, String version) {
        LogTables tables = new LogTables(owner, RestoreAttempt.begin(owner, 10));
        try {
            tables.run(connection -> tables.prepare(connection, version));
            return tables;
        } catch (RuntimeException e) {
            tables.close();
            throw e;
        }
    }

    private @Nullable Void prepare(Connection connection, String version) throws SQLException {
        requireKnown(owner, version);
        requireOurs(connection);
        RestoreAttempt.markAll(connection);
        for (String table : tables(connection))
            if (!table.equals(RestoreAttempt.MARK))
                execute(connection, "DROP TABLE `" + table + "`");
        migrate(LogSchema.flyway(owner, version));
        for (String table : tables(connection))
            if (!table.equals(HISTORY) && !table.equals(RestoreAttempt.MARK))
                execute(connection, "TRUNCATE TABLE `" + table + "`");
        execute(connection, "CREATE TABLE " + HEADS_ASIDE + " LIKE " + HEADS);
        return null;
    }

    private static void requireKnown(DatabaseUrl owner, String version) {
        boolean known =
                Arrays.stream(LogSchema.flyway(owner, "latest").info().all())
                        .map(MigrationInfo::getVersion)
                        .anyMatch(found -> found != null && found.getVersion().equals(version));
        if (!known)
            throw new IllegalStateException(
                    "the tables are of version "
                            + version
                            + ", which this version of PMS does not know: use a newer one");
    }

    private static void migrate(Flyway flyway) throws SQLException {
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause())
                if (cause instanceof SQLException sql) throw sql;
            throw e;
        }
    }

    private void requireOurs(Connection connection) throws SQLException {
        List<String> tables = tables(connection);
        if (tables.isEmpty()) return;
        boolean hasHead =
                tables.contains(HEADS)
                        && !texts(connection, "SELECT origin FROM " + HEADS).isEmpty();
        boolean ours = tables.contains(RestoreAttempt.MARK) || tables.contains(HEADS_ASIDE);
        if (!ours || hasHead)
            throw new IllegalStateException(
                    owner + " is not empty; restore into a database without tables");
    }

    private List<String> tables(Connection connection) throws SQLException {
        return texts(
                connection,
                "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
                        + " AND table_type = 'BASE TABLE'");
    }

    /** The table that has to be filled with the rows of another one's. */
    public String target(String table) {
        return table.equals(HEADS) ? HEADS_ASIDE : table;
    }

    /** The heads that were loaded, by their logs. */
    public List<Head> heads() {
        return run(this::headRows).entrySet().stream()
                .map(row -> row.getValue().toHead(row.getKey()))
                .toList();
    }

    private Map<Integer, HeadRow> headRows(Connection connection) throws SQLException {
        Map<Integer, HeadRow> heads = new TreeMap<>();
        String sql =
                "SELECT log_id, origin, size, root, epoch, recorded_time, frontier FROM "
                        + HEADS_ASIDE;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next())
                heads.put(
                        row.getInt(1),
                        new HeadRow(
                                row.getString(2),
                                row.getLong(3),
                                row.getBytes(4),
                                row.getLong(5),
                                row.getLong(6),
                                row.getBytes(7)));
        }
        return heads;
    }

    /**
     * Verifies every log against its head, brings the tables up to date, and makes the heads, which
     * opens the logs.
     *
     * @throws IllegalStateException when a log is not what its head says; there is no head then
     */
    public void finish(LogVerifier.Progress progress) {
        Map<Integer, HeadRow> heads = run(this::headRows);
        for (String log : run(c -> texts(c, "SELECT DISTINCT log_id FROM event")))
            if (!heads.containsKey(Integer.valueOf(log)))
                throw new IllegalStateException("log " + log + " has events and no head");
        heads.forEach((log, head) -> require(LogVerifier.verify(owner, log, head, progress)));
        LogSchema.migrateTables(owner);
        run(connection -> {
            for (int log : heads.keySet()) LogRecovery.newLineage(connection, log);
            RestoreAttempt.unmark(connection, RestoreAttempt.ALL_LOGS);
            execute(connection, "INSERT INTO " + HEADS + " SELECT * FROM " + HEADS_ASIDE);
            execute(connection, "DROP TABLE " + HEADS_ASIDE);
            return null;
        });
    }

    private static void require(LogVerifier.Result result) {
        if (!result.ok())
            throw new IllegalStateException(
                    "log " + result.logId() + " is not what was stored: " + result.problem());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                String text = rows.getString(1);
                if (text != null) texts.add(text);
            }
        }
        return texts;
    }

    private <T extends @Nullable Object> T run(EventReader.Query<T> query) {
        try (Connection connection =
                DriverManager.getConnection(
                        owner.with("connectTimeout=5000&socketTimeout=600000"))) {
            return query.run(connection);
        } catch (SQLException e) {
            throw LogSchema.translate(owner, e);
        }
    }

    /** Lets others make tables; what is not finished stays marked. */
    @Override
    public void close() {
        attempt.close();
    }
}
