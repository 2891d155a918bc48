package io.pms.bench;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.pms.projection.Write;

/** A call an event, each of which waits for its answer, on one connection for all threads. */
final class SingleWriter implements TaskWriter {
    private final StatefulRedisConnection<String, String> connection;
    private final TaskScript script;

    SingleWriter(BenchRedis redis) {
        this.connection = redis.connect();
        this.script = TaskScript.load(connection.sync());
    }

    @Override
    public void write(Write.Entity task) {
        connection
                .sync()
                .evalsha(
                        script.digest(),
                        ScriptOutputType.STATUS,
                        script.keys(task),
                        script.arguments(task));
    }

    @Override
    public void close() {
        connection.close();
    }
}
