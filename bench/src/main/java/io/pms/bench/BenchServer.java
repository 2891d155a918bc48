package io.pms.bench;

import io.pms.embedded.EmbeddedMariaDb;
import io.pms.embedded.SharedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The server that all subjects of a run share, started for it with full durability: every commit
 * reaches the disk, in InnoDB's log and in the binary log.
 */
final class BenchServer implements AutoCloseable {
    private static final List<String> OPTIONS =
            List.of(
                    "--log-bin",
                    "--server-id=1",
                    "--sync-binlog=1",
                    "--innodb-flush-log-at-trx-commit=1",
                    "--innodb-log-file-size=1G",
                    "--max-connections=600",
                    "--local-infile=1",
                    "--log-bin-trust-function-creators=1");

    /** What decides how fast a commit is; shown with every result. */
    private static final List<String> SHOWN =
            List.of(
                    "innodb_flush_log_at_trx_commit",
                    "sync_binlog",
                    "log_bin",
                    "binlog_format",
                    "innodb_buffer_pool_size",
                    "innodb_log_file_size",
                    "innodb_flush_method",
                    "innodb_doublewrite",
                    "character_set_server");

    private final ServerKind kind;
    private final EmbeddedMariaDb server;
    private final Path home;
    private final AtomicInteger databases = new AtomicInteger();

    private BenchServer(ServerKind kind, Path home, EmbeddedMariaDb server) {
        this.kind = kind;
        this.home = home;
        this.server = server;
    }

    /**
     * @param bufferPool for example {@code 1G}; larger than what a bench works on, so that it is
     *     the commit that is measured
     */
    static BenchServer start(ServerKind kind, String bufferPool) {
        Path home = SharedServers.temporary("bench");
        List<String> options = new ArrayList<>(OPTIONS);
        options.add("--innodb-buffer-pool-size=" + bufferPool);
        return new BenchServer(kind, home, EmbeddedMariaDb.start(home, 0, options));
    }

    /** As it is named in results. */
    String name() {
        return kind.label();
    }

    Database newDatabase() {
        String name = "bench_" + databases.incrementAndGet();
        return new Database(
                name,
                server.url(name, EmbeddedMariaDb.OWNER),
                server.url(name, EmbeddedMariaDb.APPLICATION));
    }

    /** The server and the machine, one fact a line. */
    String describe() throws SQLException, IOException {
        Map<String, String> variables = variables();
        StringBuilder text = new StringBuilder();
        text.append(kind.label()).append(' ').append(variables.get("version")).append('\n');
        for (String name : SHOWN)
            if (variables.containsKey(name))
                text.append("  ").append(name).append('=').append(variables.get(name)).append('\n');
        text.append("  data on ").append(Files.getFileStore(home).type()).append('\n');
        Runtime runtime = Runtime.getRuntime();
        text.append(runtime.availableProcessors()).append(" cores, Java ");
        text.append(Runtime.version()).append(", heap of ");
        return text.append(runtime.maxMemory() >> 20).append(" MB at most").toString();
    }

    private Map<String, String> variables() throws SQLException {
        Map<String, String> variables = new TreeMap<>();
        try (Connection connection =
                        DriverManager.getConnection(server.url("mysql", EmbeddedMariaDb.OWNER));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW GLOBAL VARIABLES")) {
            while (rows.next()) variables.put(rows.getString(1), rows.getString(2));
        }
        return variables;
    }

    @Override
    public void close() {
        server.close();
    }

    /**
     * @param ownerUrl may do everything; makes the database when it is absent
     * @param applicationUrl may do what migrations grant
     */
    record Database(String name, String ownerUrl, String applicationUrl) {}
}
