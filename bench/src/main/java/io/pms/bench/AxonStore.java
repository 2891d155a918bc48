package io.pms.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcSQLErrorCodesResolver;
import org.axonframework.eventsourcing.eventstore.jdbc.MySqlEventTableFactory;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/**
 * Axon Framework's {@code JdbcEventStorageEngine} as one runs it with Spring: Axon's own tables for
 * MySQL, a transaction of Spring for each append, Jackson, and a HikariCP pool with the options
 * that HikariCP recommends for MySQL.
 */
final class AxonStore implements Store {
    private static final String OPTIONS =
            "&rewriteBatchedStatements=true&useServerPrepStmts=true&cachePrepStmts=true&prepStmtCacheSize=250"
                    + "&prepStmtCacheSqlLimit=2048&useLocalSessionState=true&cacheResultSetMetadata=true"
                    + "&cacheServerConfiguration=true&elideSetAutoCommits=true&maintainTimeStats=false";

    private final HikariDataSource pool;
    private final JdbcEventStorageEngine engine;

    private AxonStore(BenchServer.Database database, int connections) {
        this.pool = pool(database, connections);
        Serializer serializer = Jackson3Serializer.builder().build();
        this.engine =
                JdbcEventStorageEngine.builder()
                        .eventSerializer(serializer)
                        .snapshotSerializer(serializer)
                        .persistenceExceptionResolver(new JdbcSQLErrorCodesResolver())
                        .connectionProvider(new SpringDataSourceConnectionProvider(pool))
                        .transactionManager(
                                new SpringTransactionManager(
                                        new DataSourceTransactionManager(pool)))
                        .build();
    }

    /** New, empty tables. */
    static AxonStore create(BenchServer server, int connections) {
        AxonStore store = new AxonStore(server.newDatabase(), connections);
        store.engine.createSchema(MySqlEventTableFactory.INSTANCE);
        return store;
    }

    private static HikariDataSource pool(BenchServer.Database database, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("axon");
        config.setJdbcUrl(database.ownerUrl() + OPTIONS);
        config.setMaximumPoolSize(connections);
        config.setAutoCommit(false); // spares switching it off and on for each transaction
        return new HikariDataSource(config);
    }

    @Override
    public String name() {
        return "axon-jdbc";
    }

    @Override
    public boolean append(List<Sample> samples) {
        try {
            engine.appendEvents(samples.stream().map(AxonStore::message).toList());
            return true;
        } catch (ConcurrencyException e) {
            return false;
        }
    }

    private static DomainEventMessage<?> message(Sample sample) {
        Map<String, String> metaData =
                Map.of(
                        "tenant", Sample.TENANT,
                        "actor", Sample.ACTOR,
                        "commandId", sample.commandId().toString(),
                        "reason", Sample.REASON);
        return new GenericDomainEventMessage<>(
                "Task", sample.aggregateId(), sample.sequence(), sample.event(), metaData);
    }

    @Override
    public void close() {
        pool.close();
    }
}
