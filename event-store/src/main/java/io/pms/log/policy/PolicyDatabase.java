package io.pms.log.policy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.pms.log.DatabaseUrl;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The log's database as policies use it: with transactions, in which a policy's position and what
 * it does in the database are stored together or not at all.
 *
 * <p>It is no bean of type {@link DataSource}: that would bring Axon's and Spring's configurations
 * of databases along, and commands into transactions.
 */
final class PolicyDatabase implements AutoCloseable {
    /** One for each segment of two policies and each deadline that is handled at the same time. */
    private static final int MAX_CONNECTIONS =
            2 * PolicyProcessors.SEGMENTS + DeadlineScheduler.THREADS;

    private final HikariDataSource pool;

    PolicyDatabase(DatabaseUrl url, int logId) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("policies-" + logId);
        // Prepared by the server, MariaDB takes times after 2038 for null.
        config.setJdbcUrl(
                url.with(
                        "useServerPrepStmts=false&cachePrepStmts=true&connectTimeout=5000&socketTimeout=60000"));
        config.setMaximumPoolSize(MAX_CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(5_000);
        // Processes that look for the same free segment would lock gaps, and then each other out.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        this.pool = new HikariDataSource(config);
    }

    DataSource connections() {
        return pool;
    }

    /** Connections that join the transaction of the thread that asks for one, if it has one. */
    DataSource joiningConnections() {
        return new TransactionAwareDataSourceProxy(pool);
    }

    PlatformTransactionManager transactions() {
        return new DataSourceTransactionManager(pool);
    }

    @Override
    public void close() {
        pool.close();
    }
}
