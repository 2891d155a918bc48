package io.pms.standalone;

import io.pms.embedded.EmbeddedDatabase;
import io.pms.embedded.EmbeddedMariaDb;
import io.pms.embedded.EmbeddedRedis;
import io.pms.embedded.Ports;
import io.pms.log.DatabaseUrl;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A database and a Redis of their own in a folder, and a platform on them that changes nothing. Any
 * thread may close it.
 */
final class ScratchPlatform implements AutoCloseable {
    private static final int STOP_SECONDS = 20;

    /** All others could lead it to the living system's database, Redis, Kafka or archive. */
    private static final Set<String> HARMLESS =
            Set.of(
                    "PATH",
                    "HOME",
                    "LANG",
                    "LC_ALL",
                    "TMPDIR",
                    "TZ",
                    "PMS_CACHE",
                    "XDG_CACHE_HOME",
                    "PMS_MASTER_KEY_FILE",
                    "PMS_BUSINESS_ZONE");

    private final Path folder;
    private final EmbeddedMariaDb database;
    private final EmbeddedRedis redis;
    private @Nullable Process process;
    private boolean closed;

    private ScratchPlatform(Path folder, EmbeddedMariaDb database, EmbeddedRedis redis) {
        this.folder = folder;
        this.database = database;
        this.redis = redis;
    }

    /** Starts the servers, without a log. */
    static ScratchPlatform start(Path folder) {
        EmbeddedMariaDb database =
                EmbeddedMariaDb.start(
                        folder.resolve("mariadb"), 0, EmbeddedServers.DATABASE_OPTIONS);
        try {
            return new ScratchPlatform(
                    folder, database, EmbeddedRedis.start(folder.resolve("redis"), 0, List.of()));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    DatabaseUrl owner() {
        return DatabaseUrl.parse(database.url(EmbeddedServers.LOG, EmbeddedDatabase.OWNER));
    }

    DatabaseUrl application() {
        return DatabaseUrl.parse(database.url(EmbeddedServers.LOG, EmbeddedDatabase.APPLICATION));
    }

    /** Starts a platform on the log that is there now, and answers where it is when it is ready. */
    URI serve(Map<String, String> environment) throws IOException {
        int port = Ports.freePair();
        ProcessBuilder up =
                OwnProgram.with(
                        List.of(
                                "up",
                                "--data",
                                folder.resolve("platform").toString(),
                                "--port",
                                String.valueOf(port)));
        Map<String, String> variables = up.environment();
        variables.keySet().retainAll(HARMLESS);
        variables.put(
                "DATABASE_URL", database.url(EmbeddedServers.LOG, EmbeddedDatabase.APPLICATION));
        variables.put(
                "DATABASE_OWNER_URL", database.url(EmbeddedServers.LOG, EmbeddedDatabase.OWNER));
        variables.put("REDIS_URL", redis.url());
        variables.put("PMS_POLICIES_RUN", "false");
        variables.putAll(environment);
        awaitReady(launch(up));
        return URI.create("http://127.0.0.1:" + port);
    }

    private synchronized Process launch(ProcessBuilder up) throws IOException {
        if (closed) throw new IllegalStateException("the scratch platform was stopped");
        Process started = up.start();
        process = started;
        return started;
    }

    private static void awaitReady(Process process) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("ready ")) return;
            lines.add(line);
        }
        throw new IllegalStateException(
                "the restored platform does not start: " + String.join("; ", lines));
    }

    /** Whoever comes second waits until everything has ended. */
    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        if (process != null) stop(process);
        redis.close();
        database.close();
    }

    /** Its servers and folders go next: it must not be there any more. */
    private static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        process.onExit().join();
    }
}
