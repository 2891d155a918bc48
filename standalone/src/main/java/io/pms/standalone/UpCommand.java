package io.pms.standalone;

import ch.qos.logback.classic.Level;
import io.pms.embedded.DataDirectory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts everything and stays until it is told to stop. */
@Command(
        name = "up",
        description = {
            "Start everything; Ctrl-C stops it.",
            "DATABASE_URL and REDIS_URL point it to real servers instead of embedded ones.",
            "PMS_MASTER_KEY_FILE wraps people's keys, instead of master.key in the data directory.",
            "KAFKA_BOOTSTRAP_SERVERS lets it publish every event to Kafka.",
            "PMS_ARCHIVE_URL (s3://bucket/prefix or file:/folder) archives the log, from which it can be restored;",
            "with PMS_DURABILITY=archive commands are answered when they are archived."
        },
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    /** Not an exit code: the platform goes on in threads of its own. */
    static final int RUNNING = -1;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where data is kept (default: ${DEFAULT-VALUE})")
    private Path data = Path.of(".pms");

    @Option(
            names = "--port",
            description = "HTTP on 127.0.0.1 (default: ${DEFAULT-VALUE}); metrics on the next one")
    private int port = 3000;

    @Option(names = "--fresh", description = "delete all data in the directory first")
    private boolean fresh;

    @Override
    public Integer call() throws Exception {
        if (port < 1 || port > 65_534)
            throw new IllegalArgumentException("--port must be between 1 and 65534");
        quietUntilConfigured();
        requireFree(port);
        requireFree(port + 1);
        DataDirectory directory = DataDirectory.take(data, fresh);
        directory.describe("process " + ProcessHandle.current().pid() + ", port " + port);
        Platform platform = Platform.start(directory, port, System.getenv());
        System.out.println("ready http://127.0.0.1:" + port);
        platform.awaitEnd();
        return RUNNING;
    }

    /** Libraries that log before Spring Boot has set logging up would write to the terminal. */
    static void quietUntilConfigured() {
        quiet(Logger.ROOT_LOGGER_NAME, Level.WARN);
        quiet("org.flywaydb", Level.ERROR); // it warns of each trigger that it need not drop
    }

    private static void quiet(String name, Level level) {
        if (LoggerFactory.getLogger(name) instanceof ch.qos.logback.classic.Logger logger)
            logger.setLevel(level);
    }

    private static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        } catch (java.io.IOException e) {
            throw new IllegalStateException(
                    "port " + port + " is in use; choose another with --port", e);
        }
    }
}
