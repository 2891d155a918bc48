package io.pms.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A database server of our own, as a child process on 127.0.0.1.
 *
 * <p>Every commit is flushed ({@code innodb_flush_log_at_trx_commit=1}). Two accounts exist besides
 * root: {@link #OWNER} may do everything, {@link #APPLICATION} may do what migrations grant it.
 * Their password is made once and kept in the data directory, readable by its owner only.
 */
public abstract sealed class EmbeddedDatabase extends EmbeddedServer
        permits EmbeddedMariaDb, EmbeddedMySql {
    public static final String OWNER = "pms_owner";
    public static final String APPLICATION = "pms_app";

    /** Crash recovery of a large log can take this long on a slow disk. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(120);

    private final DatabaseProgram program;
    private final DatabaseHome home;
    private final List<String> options;

    EmbeddedDatabase(DatabaseProgram program, Path home, int port, List<String> options) {
        super(port);
        this.program = program;
        this.home = DatabaseHome.prepare(home, program);
        this.options = List.copyOf(options);
        begin();
    }

    @Override
    final ServerProcess launch() {
        List<String> command = new ArrayList<>(program.command());
        command.addAll(
                List.of(
                        "--datadir=" + home.data(),
                        "--bind-address=127.0.0.1",
                        "--port=" + port(),
                        "--socket=" + socket(),
                        "--init-file=" + home.accounts(),
                        "--skip-ssl", // keys take seconds to make, and loopback needs none
                        "--skip-name-resolve",
                        "--character-set-server=utf8mb4",
                        "--collation-server=utf8mb4_bin",
                        "--default-time-zone=+00:00",
                        "--max-connections=200",
                        "--max-allowed-packet=64M",
                        "--innodb-flush-log-at-trx-commit=1",
                        "--innodb-buffer-pool-size=256M",
                        "--performance-schema=OFF"));
        if ("root".equals(System.getProperty("user.name"))) command.add("--user=root");
        command.addAll(options);
        ServerProcess started =
                ServerProcess.start(program.name(), home.path(), command, program.environment());
        started.awaitReady(() -> Ports.accepts(port()), START_TIMEOUT);
        home.announce(port());
        return started;
    }

    /** Unix socket paths have at most 107 bytes, data directories may be longer. */
    private String socket() {
        return Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "pms-" + program.name() + "-" + port() + ".sock")
                .toString();
    }

    public final String password() {
        return home.password();
    }

    /**
     * A URL with the account in it; the database is made by {@link #OWNER} on the first connection
     * when it is absent.
     */
    public final String url(String database, String account) {
        return url(port(), password(), database, account) + program.urlOptions();
    }

    /**
     * A program of MariaDB's that talks to this server as {@link #OWNER}: {@code mariadb} or {@code
     * mariadb-dump}. It speaks to MySQL too.
     */
    public final ProcessBuilder client(String name, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(MariaDbProgram.client(name).toString());
        command.addAll(
                List.of(
                        "--no-defaults",
                        "--host=127.0.0.1",
                        "--port=" + port(),
                        "--user=" + OWNER));
        command.addAll(List.of("--skip-ssl", "--max-allowed-packet=64M"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(new MariaDbProgram().environment());
        builder.environment().put("MYSQL_PWD", password());
        return builder;
    }

    static String url(int port, String password, String database, String account) {
        return "jdbc:mysql://127.0.0.1:"
                + port
                + "/"
                + database
                + "?user="
                + account
                + "&password="
                + password
                + (account.equals(OWNER) ? "&createDatabaseIfNotExist=true" : "");
    }
}
