package io.pms.log.seal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The log's database as keys need it: short statements, each committed by itself. */
final class KeyDatabase implements AutoCloseable {
    /** Keys are remembered, so few are asked for at the same time. */
    private static final int MAX_CONNECTIONS = 4;

    private static final int DUPLICATE_KEY = 1062;

    private final HikariDataSource pool;

    /**
     * @throws LogUnavailableException when the database cannot be reached
     */
    KeyDatabase(DatabaseUrl url, int logId) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("keys-" + logId);
        config.setJdbcUrl(
                url.with(
                        "useServerPrepStmts=true&cachePrepStmts=true&prepStmtCacheSqlLimit=4096&connectTimeout=5000&socketTimeout=60000"));
        config.setMaximumPoolSize(MAX_CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(5_000);
        // Processes that destroy the same key would lock each other out of gaps.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        try {
            this.pool = new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw new LogUnavailableException("the database does not answer at " + url, e);
        }
    }

    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> select(Row<T> row, String sql, Object... values) {
        try (Connection connection = pool.getConnection();
                PreparedStatement select = prepare(connection, sql, values);
                ResultSet rows = select.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) found.add(row.read(rows));
            return found;
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    boolean has(String sql, Object... values) {
        return !select(row -> row.getInt(1), sql, values).isEmpty();
    }

    void change(String sql, Object... values) {
        try (Connection connection = pool.getConnection();
                PreparedStatement change = prepare(connection, sql, values)) {
            change.executeUpdate();
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    /** False when there is a row with this key already. */
    boolean insert(String sql, Object... values) {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = prepare(connection, sql, values)) {
            insert.executeUpdate();
            return true;
        } catch (SQLException e) {
            if (e.getErrorCode() == DUPLICATE_KEY) return false;
            throw unavailable(e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
        return statement;
    }

    private static LogUnavailableException unavailable(SQLException e) {
        return new LogUnavailableException("the database does not answer: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        pool.close();
    }
}
