package io.pms.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLTransactionRollbackException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.common.ExceptionUtils;
import org.axonframework.common.IdentifierFactory;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.GenericTokenTableFactory;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcSQLErrorCodesResolver;
import org.axonframework.eventsourcing.eventstore.jdbc.MySqlEventTableFactory;
import org.axonframework.modelling.command.AggregateStreamCreationException;
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

    private final BenchServer.Database database;
    private final HikariDataSource pool;
    private final Serializer serializer = Jackson3Serializer.builder().build();
    private final TransactionManager transactions;
    private final JdbcEventStorageEngine engine;

    private AxonStore(BenchServer.Database database, HikariDataSource pool, int batchSize) {
        this.database = database;
        this.pool = pool;
        this.transactions = new SpringTransactionManager(new DataSourceTransactionManager(pool));
        this.engine =
                JdbcEventStorageEngine.builder()
                        .eventSerializer(serializer)
                        .snapshotSerializer(serializer)
                        .persistenceExceptionResolver(new JdbcSQLErrorCodesResolver())
                        .connectionProvider(new SpringDataSourceConnectionProvider(pool))
                        .transactionManager(transactions)
                        .batchSize(batchSize)
                        .build();
    }

    /** New, empty tables. */
    static AxonStore create(BenchServer server, int connections) {
        BenchServer.Database database = server.newDatabase();
        AxonStore store = new AxonStore(database, pool(database, connections), 100);
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

    /** The same tables and pool, read by so many events at once; Axon's default is 100. */
    AxonStore withBatchSize(int events) {
        return new AxonStore(database, pool, events);
    }

    JdbcEventStorageEngine engine() {
        return engine;
    }

    TransactionManager transactions() {
        return transactions;
    }

    /** In the same database; its table is made when it is absent. */
    TokenStore tokens() {
        JdbcTokenStore tokens =
                JdbcTokenStore.builder()
                        .connectionProvider(new SpringDataSourceConnectionProvider(pool))
                        .serializer(serializer)
                        .build();
        transactions.executeInTransaction(
                () -> tokens.createSchema(GenericTokenTableFactory.INSTANCE));
        return tokens;
    }

    @Override
    public String name() {
        return "axon-jdbc";
    }

    @Override
    public BenchServer.Database database() {
        return database;
    }

    @Override
    public boolean append(List<Sample> samples) {
        try {
            engine.appendEvents(samples.stream().map(AxonStore::message).toList());
            return true;
        } catch (ConcurrencyException | AggregateStreamCreationException e) {
            return false;
        } catch (EventStoreException e) {
            if (isDeadlock(e)) return false;
            throw e;
        }
    }

    /** Two that want the same sequence can also be told by InnoDB to try again. */
    private static boolean isDeadlock(Exception e) {
        return ExceptionUtils.findException(e, SQLTransactionRollbackException.class).isPresent();
    }

    private static DomainEventMessage<?> message(Sample sample) {
        Map<String, String> metaData =
                Map.of(
                        "tenant",
                        sample.tenant(),
                        "actor",
                        Sample.ACTOR,
                        "commandId",
                        sample.commandId().toString(),
                        "reason",
                        Sample.REASON);
        return new GenericDomainEventMessage<>(
                "Task",
                sample.aggregateId(),
                sample.sequence(),
                sample.event(),
                metaData,
                IdentifierFactory.getInstance().generateIdentifier(),
                Instant.EPOCH.plus(sample.timeMicros(), ChronoUnit.MICROS));
    }

    @Override
    public void fill(Stream<Sample> samples) throws Exception {
        fillInOrder(samples);
    }

    @Override
    public long lastSequence(String aggregateId) {
        return engine.lastSequenceNumberFor(aggregateId).orElse(-1L);
    }

    @Override
    public long replay() {
        long events = 0;
        try (Stream<? extends TrackedEventMessage<?>> all = engine.readEvents(null, false)) {
            for (Iterator<? extends TrackedEventMessage<?>> rest = all.iterator();
                    rest.hasNext();
                    events++) rest.next().getPayload();
        }
        return events;
    }

    @Override
    public DomainEventStream load(String aggregateId) {
        return engine.readEvents(aggregateId);
    }

    @Override
    public void close() {
        pool.close();
    }
}
