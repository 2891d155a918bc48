package io.pms.bench;

import io.pms.embedded.EmbeddedDatabase;
import io.pms.embedded.SharedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
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
                    "--max-connections=600",
                    "--local-infile=1");

    /** What decides how fast a commit is; shown with every result. */
    private static final List<String> SHOWN =
            List.of(
                    "innodb_flush_log_at_trx_commit",
                    "sync_binlog",
                    "log_bin",
                    "binlog_format",
                    "innodb_buffer_pool_size",
                    "innodb_log_file_size",
                    "innodb_redo_log_capacity",
                    "innodb_flush_method",
                    "innodb_doublewrite",
                    "character_set_server");

    /** After that it is measured as it is. */
    private static final Duration SETTLE_TIMEOUT = Duration.ofMinutes(3);

    private static final long SETTLED_PAGES = 100;

    private final ServerKind kind;
    private final Path home;
    private final EmbeddedDatabase server;
    private final AtomicInteger databases = new AtomicInteger();

    private BenchServer(ServerKind kind, Path home, EmbeddedDatabase server) {
        this.kind = kind;
        this.home = home;
        this.server = server;
    }

    /**
     * @param bufferPool for example {@code 2G}; larger than what a bench works on, so that it is
     *     the commit that is measured
     */
    static BenchServer start(ServerKind kind, String bufferPool) {
        Path home = SharedServers.temporary("bench");
        List<String> options = new ArrayList<>(OPTIONS);
        options.add("--innodb-buffer-pool-size=" + bufferPool);
        return new BenchServer(kind, home, kind.start(home, options));
    }

    String name() {
        return kind.label;
    }

    Database newDatabase() {
        String name = "bench_" + databases.incrementAndGet();
        return new Database(
                name,
                server.url(name, EmbeddedDatabase.OWNER),
                server.url(name, EmbeddedDatabase.APPLICATION));
    }

    /** Writes a database to a file as {@code mysqldump} does. */
    void dump(Database database, Path file) throws IOException, InterruptedException {
        finish(
                server.client("mariadb-dump", List.of("--single-transaction", database.name()))
                        .redirectOutput(file.toFile()));
    }

    /** Executes what a dump says, as {@code mysql < dump} does. */
    void load(Database database, Path dump) throws IOException, InterruptedException {
        finish(server.client("mariadb", List.of(database.name())).redirectInput(dump.toFile()));
    }

    private static void finish(ProcessBuilder client) throws IOException, InterruptedException {
        Process process = client.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        int code = process.waitFor();
        if (code != 0) throw new IOException(client.command().getFirst() + " ended with " + code);
    }

    void drop(Database database) throws SQLException {
        execute("DROP DATABASE " + database.name());
    }

    /** What a table and its indexes take on disk. */
    long fileBytes(Database database, String table) throws IOException {
        return Files.size(home.resolve("data").resolve(database.name()).resolve(table + ".ibd"));
    }

    /** What the secondary indexes of {@code event} take, as InnoDB estimates it. */
    long indexBytes(Database database) throws SQLException {
        String sql =
                "SELECT index_length FROM information_schema.tables WHERE table_name = 'event' AND table_schema = '"
                        + database.name()
                        + "'";
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE TABLE " + database.name() + ".event");
            try (ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Drops what nobody reads, so that the disk takes more events. */
    void emptyBinaryLog() throws SQLException {
        execute("FLUSH BINARY LOGS", "PURGE BINARY LOGS BEFORE NOW()");
    }

    /** Waits until what was stored is in the tables' files, so that nobody pays for it later. */
    void settle() throws SQLException, InterruptedException {
        execute(
                "SET GLOBAL innodb_io_capacity_max = 40000", // 200 pages a second take minutes
                "SET GLOBAL innodb_io_capacity = 20000",
                "SET GLOBAL innodb_max_dirty_pages_pct_lwm = 0",
                "SET GLOBAL innodb_max_dirty_pages_pct = 0");
        long deadline = System.nanoTime() + SETTLE_TIMEOUT.toNanos();
        while (dirtyPages() > SETTLED_PAGES && System.nanoTime() < deadline) Thread.sleep(100);
        execute(
                "SET GLOBAL innodb_max_dirty_pages_pct = 90",
                "SET GLOBAL innodb_io_capacity = 200", // as both servers come
                "SET GLOBAL innodb_io_capacity_max = 2000");
    }

    private long dirtyPages() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SHOW GLOBAL STATUS LIKE 'Innodb_buffer_pool_pages_dirty'")) {
            row.next();
            return row.getLong(2);
        }
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) statement.execute(sql);
        }
    }

    /** The server and the machine, one fact a line. */
    String describe() throws SQLException, IOException {
        Map<String, String> variables = variables();
        StringBuilder text = new StringBuilder();
        text.append(kind.label).append(' ').append(variables.get("version")).append('\n');
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
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW GLOBAL VARIABLES")) {
            while (rows.next()) variables.put(rows.getString(1), rows.getString(2));
        }
        return variables;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(server.url("mysql", EmbeddedDatabase.OWNER));
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
