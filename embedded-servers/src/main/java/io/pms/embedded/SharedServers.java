package io.pms.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One database server, one Redis and one Kafka broker for all tests of a process, started when
 * first asked for and stopped with it. A test takes a fresh database, or a server of its own where
 * it kills it.
 *
 * <p>The system property {@code pms.test.database} says which database: {@code mariadb}, which is
 * the default, or {@code mysql8}. So the same tests run against both.
 */
public final class SharedServers {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private SharedServers() {}

    private static final class DatabaseServer {
        static final EmbeddedDatabase SERVER = startDatabase(temporary("database"), List.of());

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::kill));
        }
    }

    private static final class Redis {
        static final EmbeddedRedis SERVER =
                EmbeddedRedis.start(temporary("redis"), 0, List.of("--appendonly", "no"));

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::kill));
        }
    }

    private static final class Kafka {
        static final EmbeddedKafka SERVER = EmbeddedKafka.start(temporary("kafka"), 0, Map.of());

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::kill));
        }
    }

    /** A server of a test's own, of the kind that this run is about. */
    public static EmbeddedDatabase startDatabase(Path home, List<String> options) {
        String kind = System.getProperty("pms.test.database", "mariadb");
        return switch (kind) {
            case "mariadb" -> EmbeddedMariaDb.start(home, 0, options);
            case "mysql8" -> EmbeddedMySql.start(home, 0, options);
            default ->
                    throw new IllegalArgumentException(
                            "pms.test.database is mariadb or mysql8, not " + kind);
        };
    }

    public static EmbeddedDatabase database() {
        return DatabaseServer.SERVER;
    }

    public static EmbeddedRedis redis() {
        return Redis.SERVER;
    }

    /** A broker for topics of one's own names. */
    public static EmbeddedKafka kafka() {
        return Kafka.SERVER;
    }

    /**
     * Where a platform under test keeps what is not in a server, for example its master key: a
     * folder of the module's, so that all processes of a test have the same.
     */
    public static String dataDirectory() {
        return Path.of("target", "pms-test-data").toAbsolutePath().toString();
    }

    /** A database that nobody else has, still empty. */
    public static Database freshDatabase() {
        String name = "pms_test_" + DATABASES.incrementAndGet();
        return new Database(
                name,
                database().url(name, EmbeddedDatabase.OWNER),
                database().url(name, EmbeddedDatabase.APPLICATION));
    }

    /** A folder that is deleted when the process ends. */
    public static Path temporary(String name) {
        try {
            Path folder = Files.createTempDirectory("pms-test-" + name + "-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteQuietly(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteQuietly(Path folder) {
        try {
            Binaries.delete(folder);
        } catch (IOException e) {
            System.err.println("left behind: " + folder + " (" + e + ")");
        }
    }

    /**
     * @param ownerUrl for migrations and clean-up; makes the database when it is absent
     * @param applicationUrl for everything else; the account has no rights before the migrations
     */
    public record Database(String name, String ownerUrl, String applicationUrl) {}
}
