package io.pms.bench;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.pms.projection.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Sends the calls of a unit of work together, before it is committed, on a connection that it has
 * for itself meanwhile.
 */
final class PipelinedWriter implements TaskWriter {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String BATCH = PipelinedWriter.class.getName();

    private final BenchRedis redis;
    private final TaskScript script;

    /** As many as there have been batches at the same time. */
    private final Queue<StatefulRedisConnection<String, String>> idle =
            new ConcurrentLinkedQueue<>();

    PipelinedWriter(BenchRedis redis) {
        this.redis = redis;
        this.script = TaskScript.load(redis.commands());
    }

    @Override
    public void write(Write.Entity task) {
        UnitOfWork<?> unit = CurrentUnitOfWork.get();
        Batch batch = unit.getOrComputeResource(BATCH, key -> begin(unit));
        batch.calls.add(
                batch.connection
                        .async()
                        .evalsha(
                                script.digest(),
                                ScriptOutputType.STATUS,
                                script.keys(task),
                                script.arguments(task)));
    }

    private Batch begin(UnitOfWork<?> unit) {
        StatefulRedisConnection<String, String> connection = idle.poll();
        Batch batch = new Batch(connection == null ? connect() : connection, new ArrayList<>());
        unit.onPrepareCommit(each -> batch.send());
        unit.onCleanup(each -> idle.add(batch.connection));
        return batch;
    }

    private StatefulRedisConnection<String, String> connect() {
        StatefulRedisConnection<String, String> connection = redis.connect();
        connection.setAutoFlushCommands(false);
        return connection;
    }

    @Override
    public void close() {
        idle.forEach(StatefulRedisConnection::close);
    }

    private record Batch(
            StatefulRedisConnection<String, String> connection, List<RedisFuture<?>> calls) {
        void send() {
            connection.flushCommands();
            if (!LettuceFutures.awaitAll(TIMEOUT, calls.toArray(Future<?>[]::new)))
                throw new IllegalStateException(
                        "Redis does not answer within " + TIMEOUT.toSeconds() + " s");
        }
    }
}
