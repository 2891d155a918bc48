package io.pms.projection.runtime;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * News between processes by Redis publish and subscribe. Some are lost, for example while Redis is
 * away: they only make others look sooner. Thread-safe.
 */
public final class RedisNews implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RedisNews.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final LettuceConnectionFactory factory;
    private final Map<String, Consumer<String>> listeners = new ConcurrentHashMap<>();
    private final Thread connecting;
    private volatile @Nullable StatefulRedisPubSubConnection<String, String> connection;
    private volatile boolean closed;

    public RedisNews(LettuceConnectionFactory factory) {
        this.factory = factory;
        this.connecting = Thread.ofVirtual().name("redis-news").unstarted(this::connect);
    }

    /** Connects as soon as Redis answers. */
    public void start() {
        connecting.start();
    }

    /** A channel of this Redis database; Redis itself has channels for all of them together. */
    String channel(String name) {
        return "pms:" + name + ":" + factory.getDatabase();
    }

    /** Calls back with every text that comes, on a thread that must not be blocked. */
    void listen(String channel, Consumer<String> listener) {
        listeners.put(channel, listener);
        StatefulRedisPubSubConnection<String, String> open = connection;
        if (open != null) ignored(open.async().subscribe(channel));
    }

    void stopListening(String channel) {
        listeners.remove(channel);
    }

    private void connect() {
        try {
            while (!closed && connection == null) {
                try {
                    open();
                } catch (RedisException e) {
                    LOGGER.debug("Redis does not answer", e);
                    TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    private void open() {
        StatefulRedisPubSubConnection<String, String> open =
                open(factory.getRequiredNativeClient());
        open.addListener(
                new RedisPubSubAdapter<>() {
                    @Override
                    public void message(String channel, String message) {
                        Consumer<String> listener = listeners.get(channel);
                        if (listener != null) listener.accept(message);
                    }
                });
        connection = open;
        for (String channel : listeners.keySet()) ignored(open.async().subscribe(channel));
        if (closed) ignored(open.closeAsync());
    }

    private static StatefulRedisPubSubConnection<String, String> open(AbstractRedisClient client) {
        return switch (client) {
            case RedisClient single -> single.connectPubSub();
            case RedisClusterClient cluster -> cluster.connectPubSub();
            default -> throw new IllegalStateException("neither single nor cluster: " + client);
        };
    }

    /** Tells the others; does nothing while Redis is away. */
    void publish(String channel, String text) {
        StatefulRedisPubSubConnection<String, String> open = connection;
        if (open != null && open.isOpen()) ignored(open.async().publish(channel, text));
    }

    @Override
    public void close() {
        closed = true;
        connecting.interrupt();
        StatefulRedisPubSubConnection<String, String> open = connection;
        if (open != null) ignored(open.closeAsync());
    }

    /** News may be lost: nobody waits for them. */
    private static void ignored(Future<?> answer) {}
}
