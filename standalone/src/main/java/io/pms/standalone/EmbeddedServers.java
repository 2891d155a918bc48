package io.pms.standalone;

import io.pms.embedded.EmbeddedDatabase;
import io.pms.embedded.EmbeddedMariaDb;
import io.pms.embedded.EmbeddedRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers that the platform starts itself: those that no environment variable points elsewhere.
 */
final class EmbeddedServers implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddedServers.class);

    /** The database's folder in the data directory. */
    static final String DATABASE = "mariadb";

    /** The log's database in it. */
    static final String LOG = "pms";

    /**
     * Small machines first; a database that outgrows this has outgrown being embedded. The binary
     * log is for its commit in two phases alone: without it readers see an event before it is
     * flushed, and a power cut could take back what a projection has applied.
     */
    static final List<String> DATABASE_OPTIONS =
            List.of(
                    "--innodb-buffer-pool-size=256M",
                    "--innodb-log-file-size=128M",
                    "--server-id=1",
                    "--log-bin=binlog",
                    "--sync-binlog=1",
                    "--max-binlog-size=64M",
                    "--binlog-expire-logs-seconds=600");

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final @Nullable EmbeddedMariaDb database;
    private final @Nullable EmbeddedRedis redis;
    private final Thread watch;
    private volatile boolean closing;

    private EmbeddedServers(@Nullable EmbeddedMariaDb database, @Nullable EmbeddedRedis redis) {
        this.database = database;
        this.redis = redis;
        this.watch = Thread.ofVirtual().name("embedded-servers").start(this::watch);
    }

    /** Starts a server again that has died; the platform finds it on the same port. */
    private void watch() {
        try {
            while (!closing) {
                Thread.sleep(LOOK_EVERY);
                if (database != null && !database.isAlive()) revive("database", database::restart);
                if (redis != null && !redis.isAlive()) revive("Redis", redis::restart);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    private void revive(String name, Runnable restart) {
        if (closing) return;
        LOGGER.warn("the embedded {} has died; starting it again", name);
        try {
            restart.run();
        } catch (RuntimeException e) {
            LOGGER.error("the embedded {} does not start; trying again", name, e);
        }
    }

    static EmbeddedServers start(Path home, Map<String, String> environment) {
        boolean ownDatabase = !environment.containsKey("DATABASE_URL");
        boolean ownRedis = !environment.containsKey("REDIS_URL");
        if (ownDatabase) Progress.say("starting the embedded database");
        CompletableFuture<@Nullable EmbeddedMariaDb> database =
                CompletableFuture.supplyAsync(() ->
                        ownDatabase
                                ? EmbeddedMariaDb.start(home.resolve(DATABASE), 0, DATABASE_OPTIONS)
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
            properties.put("pms.log.url", database.url(LOG, EmbeddedDatabase.APPLICATION));
            properties.put("pms.log.owner-url", database.url(LOG, EmbeddedDatabase.OWNER));
        }
        properties.putAll(
                RedisUrl.properties(
                        redis != null
                                ? redis.url()
                                : String.valueOf(environment.get("REDIS_URL"))));
        return properties;
    }

    @Override
    public void close() {
        closing = true;
        watch.interrupt();
        try {
            watch.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeQuietly(redis);
        closeQuietly(database);
    }
}
