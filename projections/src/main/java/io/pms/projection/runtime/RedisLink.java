package io.pms.projection.runtime;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisKeyAsyncCommands;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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
     * Runs a script, also where Redis does not know it: it was restarted, or this node has taken
     * over.
     *
     * @throws RedisException when Redis does not answer in time, or refuses
     */
    <T> T run(Script script, List<String> keys, List<String> arguments) {
        try {
            return await(this.<T>send(script, keys, arguments));
        } catch (RedisNoScriptException e) {
            return await(this.<T>sendText(script, keys, arguments));
        }
    }

    /**
     * Runs a script, as {@link #run}, without waiting for it.
     *
     * @return fails with a {@link RedisException} when there is no answer in time
     */
    <T> CompletionStage<T> start(Script script, Call call) {
        try {
            return this.<T>send(script, call.keys(), call.arguments())
                    .exceptionallyCompose(e ->
                            e instanceof RedisNoScriptException
                                    ? this.<T>sendText(script, call.keys(), call.arguments())
                                    : CompletableFuture.failedFuture(e))
                    .toCompletableFuture()
                    .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionallyCompose(e -> CompletableFuture.failedFuture(failure(e)));
        } catch (RedisException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static RedisException failure(Throwable failure) {
        return switch (failure) {
            case RedisException its -> its;
            case TimeoutException late -> noAnswer(late);
            case CompletionException of when of.getCause() != null -> failure(of.getCause());
            default -> new RedisException(failure);
        };
    }

    private static RedisException noAnswer(TimeoutException late) {
        return new RedisException(
                "Redis does not answer within " + TIMEOUT.toSeconds() + " s", late);
    }

    /** Redis knows the script afterwards. */
    private <T> CompletionStage<T> sendText(
            Script script, List<String> keys, List<String> arguments) {
        return commands()
                .<T>eval(
                        script.text,
                        script.output,
                        keys.toArray(String[]::new),
                        arguments.toArray(String[]::new));
    }

    /**
     * Runs a script for each of these, all of them under way at once.
     *
     * @param failed told of those that there is no answer to, by their places in the list
     * @return answers in the order of the calls, null where there is none
     */
    <T> List<@Nullable T> runAll(
            Script script, List<Call> calls, BiConsumer<Integer, RedisException> failed) {
        if (!isConnected(calls.size(), failed)) return Collections.nCopies(calls.size(), null);
        long deadline = deadline();
        List<@Nullable CompletionStage<T>> sent = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) sent.add(trySend(script, calls.get(i), i, failed));
        List<@Nullable T> answers = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            CompletionStage<T> answer = sent.get(i);
            int place = i;
            Consumer<RedisException> failure = e -> failed.accept(place, e);
            answers.add(
                    answer == null
                            ? null
                            : tryAwait(script, calls.get(i), answer, deadline, failure));
        }
        return answers;
    }

    /** A server that is away is called once, not once for each. */
    private boolean isConnected(int calls, BiConsumer<Integer, RedisException> failed) {
        try {
            connection();
            return true;
        } catch (RedisException e) {
            for (int place = 0; place < calls; place++) failed.accept(place, e);
            return false;
        }
    }

    /** What a script is to be run with. */
    record Call(List<String> keys, List<String> arguments) {}

    private <T> @Nullable CompletionStage<T> trySend(
            Script script, Call call, int place, BiConsumer<Integer, RedisException> failed) {
        try {
            return send(script, call.keys(), call.arguments());
        } catch (RedisException e) {
            failed.accept(place, e);
            return null;
        }
    }

    private <T> @Nullable T tryAwait(
            Script script,
            Call call,
            CompletionStage<T> answer,
            long deadline,
            Consumer<RedisException> failed) {
        try {
            try {
                return await(answer, deadline);
            } catch (RedisNoScriptException e) {
                return await(this.<T>sendText(script, call.keys(), call.arguments()), deadline);
            }
        } catch (RedisException e) {
            failed.accept(e);
            return null;
        }
    }

    /**
     * @throws RedisException when it does not come in time, or is an error
     */
    static <T> T await(CompletionStage<T> answer) {
        return await(answer, deadline());
    }

    /**
     * Until when an answer to what is sent now is waited for, in the time of the system's timer.
     */
    static long deadline() {
        return System.nanoTime() + TIMEOUT.toNanos();
    }

    static <T> T await(CompletionStage<T> answer, long deadline) {
        Future<T> future = answer.toCompletableFuture();
        try {
            return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw noAnswer(e);
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

    /**
     * Calls back with every key, some at a time, in any order.
     *
     * @throws RedisException when Redis does not answer
     */
    void scan(ScanArgs which, Consumer<List<String>> keys) {
        for (RedisKeyAsyncCommands<String, String> node : nodes()) {
            KeyScanCursor<String> cursor = await(node.scan(which));
            keys.accept(cursor.getKeys());
            while (!cursor.isFinished()) {
                cursor = await(node.scan(cursor, which));
                keys.accept(cursor.getKeys());
            }
        }
    }

    /**
     * The server, or those of a cluster that hold data now; a dead one that was replaced is none of
     * them.
     */
    @SuppressWarnings("unchecked")
    private List<RedisKeyAsyncCommands<String, String>> nodes() {
        if (!(connection() instanceof StatefulRedisClusterConnection<?, ?> cluster))
            return List.of(commands());
        return cluster.getPartitions().stream()
                .filter(node -> node.is(NodeFlag.UPSTREAM) && !node.getSlots().isEmpty())
                .map(node -> cluster.getConnection(node.getNodeId()).async())
                .map(node -> (RedisKeyAsyncCommands<String, String>) node)
                .toList();
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
