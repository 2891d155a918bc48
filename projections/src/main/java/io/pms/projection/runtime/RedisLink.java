package io.pms.projection.runtime;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * A connection of its own to Redis, single or cluster, on which scripts follow each other without
 * waiting for answers: those on the same keys are run in the order in which they are sent.
 * Thread-safe.
 */
final class RedisLink implements AutoCloseable {
    /** Longer than any script takes. */
    static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final LettuceConnectionFactory factory;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable StatefulConnection<String, String> connection;

    RedisLink(LettuceConnectionFactory factory) {
        this.factory = factory;
    }

    /**
     * Sends a script.
     *
     * @param keys all in one slot of a cluster
     * @throws RedisException when there is no connection
     */
    <T> CompletionStage<T> send(Script script, List<String> keys, List<String> arguments) {
        return commands()
                .<T>evalsha(
                        script.digest,
                        script.output,
                        keys.toArray(String[]::new),
                        arguments.toArray(String[]::new));
    }

    /**
     * Runs a script.
     *
     * @throws RedisException when Redis does not answer in time, or refuses
     */
    <T> T run(Script script, List<String> keys, List<String> arguments) {
        try {
            return await(this.<T>send(script, keys, arguments));
        } catch (RedisNoScriptException e) {
            loadScripts();
            return await(this.<T>send(script, keys, arguments));
        }
    }

    /**
     * Runs a script for each of these, all of them under way at once.
     *
     * @return answers in the order of the calls
     * @throws RedisException as {@link #run}
     */
    <T> List<T> runAll(Script script, List<Call> calls) {
        try {
            return sendAll(script, calls);
        } catch (RedisNoScriptException e) {
            loadScripts();
            return sendAll(script, calls);
        }
    }

    /** What a script is to be run with. */
    record Call(List<String> keys, List<String> arguments) {}

    private <T> List<T> sendAll(Script script, List<Call> calls) {
        List<CompletionStage<T>> answers = new ArrayList<>();
        for (Call call : calls) answers.add(this.send(script, call.keys(), call.arguments()));
        List<T> all = new ArrayList<>();
        for (CompletionStage<T> answer : answers) all.add(await(answer));
        return all;
    }

    /** A Redis that was restarted does not know them. */
    void loadScripts() {
        for (Script script : Script.values()) await(commands().scriptLoad(script.text));
    }

    /**
     * @throws RedisException when it does not come in time, or is an error
     */
    static <T> T await(CompletionStage<T> answer) {
        Future<T> future = answer.toCompletableFuture();
        try {
            return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new RedisException(
                    "Redis does not answer within " + TIMEOUT.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RedisException cause) throw cause;
            throw new RedisException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisException("interrupted", e);
        }
    }

    /**
     * @throws RedisException when there is no connection
     */
    @SuppressWarnings("unchecked")
    RedisClusterAsyncCommands<String, String> commands() {
        return switch (connection()) {
            case StatefulRedisConnection<?, ?> single ->
                    (RedisClusterAsyncCommands<String, String>) single.async();
            case StatefulRedisClusterConnection<?, ?> cluster ->
                    (RedisClusterAsyncCommands<String, String>) cluster.async();
            default -> throw new IllegalStateException("neither single nor cluster");
        };
    }

    private StatefulConnection<String, String> connection() {
        lock.lock();
        try {
            if (connection == null) connection = connect(factory.getRequiredNativeClient());
            return connection;
        } finally {
            lock.unlock();
        }
    }

    private static StatefulConnection<String, String> connect(AbstractRedisClient client) {
        return switch (client) {
            case RedisClient single -> single.connect();
            case RedisClusterClient cluster -> cluster.connect();
            default -> throw new IllegalStateException("neither single nor cluster: " + client);
        };
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (connection != null) connection.close();
        } finally {
            lock.unlock();
        }
    }
}
