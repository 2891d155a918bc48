package io.pms.bench;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.pms.embedded.EmbeddedRedis;
import io.pms.embedded.SharedServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/** The Redis that the subjects of a run share, one after the other. It keeps nothing on disk. */
final class BenchRedis implements AutoCloseable {
    /** Emptying a large one takes a while. */
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final EmbeddedRedis server;
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    private BenchRedis(EmbeddedRedis server) {
        this.server = server;
        RedisURI uri = RedisURI.create(server.url());
        uri.setTimeout(TIMEOUT);
        this.client = RedisClient.create(uri);
        this.connection = client.connect();
    }

    static BenchRedis start() {
        return new BenchRedis(
                EmbeddedRedis.start(
                        SharedServers.temporary("redis"), 0, List.of("--appendonly", "no")));
    }

    int port() {
        return server.port();
    }

    /** A connection for nobody else, by the client library. */
    StatefulRedisConnection<String, String> connect() {
        return client.connect();
    }

    /** A connection without a client library. */
    Socket socket() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    RedisCommands<String, String> commands() {
        return connection.sync();
    }

    /** Forgets all data. */
    void empty() {
        commands().flushall();
    }

    @Override
    public void close() {
        client.shutdown();
        server.close();
    }
}
