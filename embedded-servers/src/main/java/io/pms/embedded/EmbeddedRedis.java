package io.pms.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis server of our own, as a child process on 127.0.0.1. Its append-only file is flushed once
 * a second: what a crash loses is read from the log again, because every projection's position is
 * stored with its data.
 */
public final class EmbeddedRedis extends EmbeddedServer {
    /** Loading a large append-only file takes this long at most. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final Path home;
    private final List<String> options;

    private EmbeddedRedis(Path home, int port, List<String> options) {
        super(port);
        this.home = home;
        this.options = List.copyOf(options);
        begin();
    }

    /**
     * Starts a server on a data directory, which is made when it is absent.
     *
     * @param port 0 for any free one
     * @param options more options of the server, for example {@code --maxmemory 64mb}
     */
    public static EmbeddedRedis start(Path home, int port, List<String> options) {
        try {
            Path absolute = home.toAbsolutePath();
            Files.createDirectories(absolute);
            return new EmbeddedRedis(absolute, port, options);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare Redis in " + home, e);
        }
    }

    private static Path program() {
        Path folder =
                Binaries.cached(
                        "redis-1.4.4",
                        draft -> ExecutableProvider.newJarResourceProvider(draft.toFile()).get());
        try (var files = Files.list(folder)) {
            return files.filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no Redis program in " + folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    ServerProcess launch() {
        List<String> command = new ArrayList<>();
        command.add(program().toString());
        command.addAll(
                List.of(
                        "--bind", "127.0.0.1",
                        "--port", String.valueOf(port()),
                        "--dir", home.toString(),
                        "--save", "",
                        "--appendonly", "yes",
                        "--appendfsync", "everysec",
                        "--aof-use-rdb-preamble", "yes",
                        "--maxmemory-policy", "noeviction",
                        "--daemonize", "no"));
        command.addAll(options);
        ServerProcess started = ServerProcess.start("redis", home, command, Map.of());
        started.awaitReady(() -> RedisCommand.isReady(port()), START_TIMEOUT);
        return started;
    }

    /** Where its files are. */
    public Path home() {
        return home;
    }

    public String url() {
        return "redis://127.0.0.1:" + port();
    }
}
