package io.pms.bench.torture;

import io.pms.log.DatabaseUrl;
import io.pms.log.EventLog;
import io.pms.log.LogSettings;
import io.pms.log.LogUnavailableException;
import io.pms.log.MysqlEventLog;
import io.pms.log.NewEvent;
import io.pms.log.OutcomeUnknownException;
import io.pms.log.Unit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * A server whose files cannot grow. A second log in the same tables fills what room they have left,
 * and shows that nothing more can be stored.
 */
final class FullDisk {
    private static final int BALLAST_LOG = 7;

    /** Above the size of the files that a server makes at its start, which must stay writable. */
    private static final long MARIADB_BYTES = 14 << 20;

    private static final long MYSQL_BYTES = 34 << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final int EVENTS = 20;
    private static final int EVENT_BYTES = 50_000;
    private static final long FILL_NANOS = 6_000_000_000L;

    private final TortureDatabase database;

    FullDisk(TortureDatabase database) {
        this.database = database;
        database.migrate(BALLAST_LOG);
    }

    /**
     * Makes it full; true when the server then refuses to store anything.
     *
     * @param inTable whether it is the table that is full, else mostly the binary log
     */
    boolean fill(boolean inTable) throws IOException {
        try (MysqlEventLog ballast = open()) {
            long least =
                    switch (database.kind()) {
                        case MARIADB -> MARIADB_BYTES;
                        case MYSQL8 -> MYSQL_BYTES;
                    };
            while (Files.size(database.eventFile()) < least) if (!append(ballast)) return false;
            if (inTable) flushBinaryLog();
            FileSizeLimit.set(database.server().pid(), inTable ? tableBytes() : allBytes());
            long deadline = System.nanoTime() + FILL_NANOS;
            while (System.nanoTime() < deadline) if (!append(ballast)) return true;
            return false;
        } catch (LogUnavailableException e) {
            return false; // another fault has met the server meanwhile
        }
    }

    private MysqlEventLog open() {
        LogSettings settings =
                LogSettings.defaults().withLogId(BALLAST_LOG).withTimeouts(TIMEOUT, TIMEOUT);
        return MysqlEventLog.open(DatabaseUrl.parse(database.url()), settings);
    }

    private static boolean append(EventLog ballast) {
        byte[] data = ("\"" + "x".repeat(EVENT_BYTES) + "\"").getBytes(StandardCharsets.US_ASCII);
        NewEvent event =
                new NewEvent(
                        null,
                        "pms.torture.Ballast.v1",
                        null,
                        0,
                        0,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        data);
        try {
            ballast.append(new Unit(Collections.nCopies(EVENTS, event), null)).join();
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof LogUnavailableException
                    || e.getCause() instanceof OutcomeUnknownException) return false;
            throw e;
        }
    }

    private long tableBytes() throws IOException {
        return Files.size(database.eventFile());
    }

    /** The size of the longest file: the table's or the binary log's. */
    private long allBytes() throws IOException {
        long most = tableBytes();
        try (Stream<Path> files = Files.list(database.data())) {
            List<Path> binlogs =
                    files.filter(file -> file.getFileName().toString().matches("binlog\\.\\d+"))
                            .toList();
            for (Path file : binlogs) most = Math.max(most, Files.size(file));
        }
        return most;
    }

    private void flushBinaryLog() {
        try (Connection owner = DriverManager.getConnection(database.ownerUrl());
                Statement statement = owner.createStatement()) {
            statement.execute("FLUSH BINARY LOGS");
        } catch (SQLException e) {
            throw new LogUnavailableException("cannot flush the binary log", e);
        }
    }

    void free() {
        FileSizeLimit.lift(database.server().pid());
    }
}
