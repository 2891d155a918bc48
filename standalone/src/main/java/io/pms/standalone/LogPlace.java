package io.pms.standalone;

import io.pms.embedded.DataDirectory;
import io.pms.embedded.EmbeddedDatabase;
import io.pms.embedded.EmbeddedMariaDb;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The database that has the log, or gets it. */
final class LogPlace implements AutoCloseable {
    private final DatabaseUrl url;
    private final @Nullable DatabaseUrl application;
    private final Runnable end;

    private LogPlace(DatabaseUrl url, @Nullable DatabaseUrl application, Runnable end) {
        this.url = url;
        this.application = application;
        this.end = end;
    }

    static LogPlace at(DatabaseUrl url) {
        return new LogPlace(url, null, () -> {});
    }

    /**
     * The database of a data directory, for reading with the application's account: the one that a
     * running platform has started, else one that is started for this.
     *
     * @throws IllegalStateException when there is no log in it, or it cannot be used now
     */
    static LogPlace in(Path data) {
        requireDatabase(data);
        Path home = data.resolve(EmbeddedServers.DATABASE);
        Optional<String> running =
                EmbeddedMariaDb.running(home, EmbeddedServers.LOG, EmbeddedDatabase.APPLICATION);
        return running.map(found -> at(DatabaseUrl.parse(found)))
                .orElseGet(() ->
                        start(
                                data,
                                "verifying",
                                EmbeddedDatabase.APPLICATION,
                                List.of("--read-only")));
    }

    /**
     * The database of a data directory, for its owner's account. Both are made where they are
     * absent, as {@code up} makes them.
     *
     * @throws IllegalStateException when another process uses the directory, or it is not one
     */
    static LogPlace toFill(Path data) {
        return start(data, "restoring", EmbeddedDatabase.OWNER, List.of());
    }

    /**
     * @throws IllegalStateException when a data directory has no database
     */
    static void requireDatabase(Path data) {
        if (!isIn(data))
            throw new IllegalStateException(
                    "there is no log in "
                            + data.toAbsolutePath()
                            + "; say where it is with --data or --database");
    }

    /** Whether a data directory has a database. */
    static boolean isIn(Path data) {
        return Files.isDirectory(data.resolve(EmbeddedServers.DATABASE).resolve("data"));
    }

    private static LogPlace start(Path data, String purpose, String account, List<String> more) {
        DataDirectory directory = DataDirectory.take(data, false);
        try {
            directory.describe("process " + ProcessHandle.current().pid() + ", " + purpose);
            Progress.say("starting the embedded database");
            List<String> options = new ArrayList<>(EmbeddedServers.DATABASE_OPTIONS);
            options.addAll(more);
            Path home = directory.path().resolve(EmbeddedServers.DATABASE);
            EmbeddedMariaDb server = EmbeddedMariaDb.start(home, 0, options);
            return new LogPlace(
                    DatabaseUrl.parse(server.url(EmbeddedServers.LOG, account)),
                    DatabaseUrl.parse(
                            server.url(EmbeddedServers.LOG, EmbeddedDatabase.APPLICATION)),
                    () -> {
                        server.close();
                        directory.close();
                    });
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    DatabaseUrl url() {
        return url;
    }

    /**
     * Lets the application's account of a data directory use the log that it has now, as each start
     * of the platform does: so it can be verified before.
     */
    void grant(int logId) {
        if (application != null) LogSchema.migrate(url, application, logId);
    }

    @Override
    public void close() {
        end.run();
    }
}
