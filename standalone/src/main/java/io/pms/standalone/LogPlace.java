package io.pms.standalone;

import io.pms.embedded.DataDirectory;
import io.pms.embedded.EmbeddedDatabase;
import io.pms.embedded.EmbeddedMariaDb;
import io.pms.log.DatabaseUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The database that has the log, for reading, with the application's account. */
final class LogPlace implements AutoCloseable {
    private final DatabaseUrl url;
    private final Runnable end;

    private LogPlace(DatabaseUrl url, Runnable end) {
        this.url = url;
        this.end = end;
    }

    static LogPlace at(DatabaseUrl url) {
        return new LogPlace(url, () -> {});
    }

    /**
     * The database of a data directory: the one that a running platform has started, else one that
     * is started for this.
     *
     * @throws IllegalStateException when there is no log in it, or it cannot be used now
     */
    static LogPlace in(Path data) {
        Path home = data.resolve(EmbeddedServers.DATABASE);
        if (!Files.isDirectory(home.resolve("data")))
            throw new IllegalStateException(
                    "there is no log in "
                            + data.toAbsolutePath()
                            + "; say where it is with --data or --database");
        Optional<String> running =
                EmbeddedMariaDb.running(home, EmbeddedServers.LOG, EmbeddedDatabase.APPLICATION);
        return running.map(found -> at(DatabaseUrl.parse(found)))
                .orElseGet(() -> start(data, home));
    }

    private static LogPlace start(Path data, Path home) {
        DataDirectory directory = DataDirectory.take(data, false);
        try {
            directory.describe("process " + ProcessHandle.current().pid() + ", verifying");
            Progress.say("starting the embedded database");
            List<String> options = new ArrayList<>(EmbeddedServers.DATABASE_OPTIONS);
            options.add("--read-only");
            EmbeddedMariaDb server = EmbeddedMariaDb.start(home, 0, options);
            String url = server.url(EmbeddedServers.LOG, EmbeddedDatabase.APPLICATION);
            return new LogPlace(
                    DatabaseUrl.parse(url),
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

    @Override
    public void close() {
        end.run();
    }
}
