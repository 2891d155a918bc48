package io.pms.standalone;

import io.pms.embedded.EmbeddedMariaDb;
import io.pms.embedded.EmbeddedRedis;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The servers that the platform starts itself: those that no environment variable points elsewhere.
 */
final class EmbeddedServers implements AutoCloseable {
    /** Small machines first; a database that outgrows this has outgrown being embedded. */
    private static final List<String> DATABASE_OPTIONS =
            List.of("--innodb-buffer-pool-size=256M", "--innodb-log-file-size=128M");

    private final @Nullable EmbeddedMariaDb database;
    private final @Nullable EmbeddedRedis redis;

    private EmbeddedServers(@Nullable EmbeddedMariaDb database, @Nullable EmbeddedRedis redis) {
        this.database = database;
        this.redis = redis;
    }

    static EmbeddedServers start(Path home, Map<String, String> environment) {
        boolean ownDatabase = !environment.containsKey("DATABASE_URL");
        boolean ownRedis = !environment.containsKey("REDIS_URL");
        if (ownDatabase) Progress.say("starting the embedded database");
        CompletableFuture<@Nullable EmbeddedMariaDb> database =
                CompletableFuture.supplyAsync(() ->
                        ownDatabase
                                ? EmbeddedMariaDb.start(
                                        home.resolve("mariadb"), 0, DATABASE_OPTIONS)
                                : null);
        CompletableFuture<@Nullable EmbeddedRedis> redis =
                CompletableFuture.supplyAsync(() ->
                        ownRedis ? EmbeddedRedis.start(home.resolve("redis"), 0, List.of()) : null);
        try {
            return new EmbeddedServers(database.join(), redis.join());
        } catch (CompletionException e) {
            database.thenAccept(EmbeddedServers::closeQuietly);
            redis.thenAccept(EmbeddedServers::closeQuietly);
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }

    private static void closeQuietly(@Nullable AutoCloseable server) {
        try {
            if (server != null) server.close();
        } catch (Exception e) {
            System.err.println("pms: cannot stop a server: " + e);
        }
    }

    /** Where the platform finds them. */
    Map<String, Object> properties(Map<String, String> environment) {
        Map<String, Object> properties = new HashMap<>();
        if (database != null) {
            properties.put("pms.log.url", database.url("pms", EmbeddedMariaDb.APPLICATION));
            properties.put("pms.log.owner-url", database.url("pms", EmbeddedMariaDb.OWNER));
        }
        properties.put(
                "spring.data.redis.url",
                redis != null ? redis.url() : String.valueOf(environment.get("REDIS_URL")));
        return properties;
    }

    @Override
    public void close() {
        closeQuietly(redis);
        closeQuietly(database);
    }
}
