package io.pms.command;

import static org.awaitility.Awaitility.await;

import io.pms.embedded.SharedServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A {@link CommandServer} in an operating-system process of its own, with nothing in memory. It
 * ends when its standard input does, so also when the tests are killed.
 */
final class CommandProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    /** Whether the process hears of what others append. */
    enum Tail {
        HEARD,
        NEVER_HEARD
    }

    private final Process process;
    private final CommandClient client;

    private CommandProcess(Process process, CommandClient client) {
        this.process = process;
        this.client = client;
    }

    static CommandProcess start(SharedServers.Database database, Tail tail) {
        Path folder = SharedServers.temporary("command-process");
        Path port = folder.resolve("port");
        Path output = folder.resolve("output");
        try {
            Process process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Xmx256m",
                                    "-XX:+UseSerialGC",
                                    "-XX:TieredStopAtLevel=1",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    CommandProcess.class.getName(),
                                    database.ownerUrl(),
                                    database.applicationUrl(),
                                    tail.name(),
                                    port.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            await().atMost(START_TIMEOUT).until(() -> Files.exists(port) || !process.isAlive());
            if (!Files.exists(port)) throw new IllegalStateException(Files.readString(output));
            int number = Integer.parseInt(Files.readString(port));
            return new CommandProcess(process, new CommandClient(number));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CommandClient client() {
        return client;
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS))
                process.destroyForcibly();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Arguments: the owner's URL, the application's URL, the tail, the file for the port. */
    public static void main(String[] args) throws IOException {
        try (CommandServer server = new CommandServer(args[0], args[1])) {
            if (Tail.valueOf(args[2]) == Tail.NEVER_HEARD)
                server.bean(AggregateStates.class).close();
            Path port = Path.of(args[3]);
            Path written = Files.writeString(Path.of(port + ".new"), "" + server.port());
            Files.move(written, port, StandardCopyOption.ATOMIC_MOVE);
            while (System.in.read() >= 0) {
                // until the end of the input
            }
        }
    }
}
