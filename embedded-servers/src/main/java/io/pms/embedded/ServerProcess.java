package io.pms.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A server that ends with us. Where the system can (Linux, {@code setpriv}) it is told to stop when
 * this process dies, and everywhere a file beside its data remembers it, so that the next start on
 * the same data ends what was left over.
 */
final class ServerProcess {
    /**
     * A database that flushes a large buffer pool may take long to stop; after this it is killed,
     * which loses nothing.
     */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    /**
     * The death signal fires when the <em>thread</em> that started the child ends, so one that
     * never ends starts them all.
     */
    private static final ExecutorService SPAWNER =
            Executors.newSingleThreadExecutor(
                    task -> Thread.ofPlatform().daemon().name("server-spawner").unstarted(task));

    private final String name;
    private final Path pidFile;
    private final Path log;
    private final Process process;

    private ServerProcess(String name, Path pidFile, Path log, Process process) {
        this.name = name;
        this.pidFile = pidFile;
        this.log = log;
        this.process = process;
    }

    static ServerProcess start(
            String name, Path home, List<String> command, Map<String, String> environment) {
        Path pidFile = home.resolve(name + ".pid");
        Path log = home.resolve(name + ".log");
        endLeftOver(pidFile);
        List<String> line = new ArrayList<>();
        deathSignal()
                .ifPresent(
                        setpriv -> line.addAll(List.of(setpriv.toString(), "--pdeathsig", "TERM")));
        line.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(line)
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            Process process = onSpawner(builder);
            Files.writeString(pidFile, process.pid() + " " + startMillis(process.toHandle()));
            return new ServerProcess(name, pidFile, log, process);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name + ": " + line.getFirst(), e);
        }
    }

    private static Process onSpawner(ProcessBuilder builder) throws IOException {
        try {
            return CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return builder.start();
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            },
                            SPAWNER)
                    .get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Optional<Path> deathSignal() {
        return List.of("/usr/bin/setpriv", "/bin/setpriv").stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Ends the servers that an earlier, killed process left on a data directory. */
    static void endLeftOvers(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            files.filter(file -> file.toString().endsWith(".pid"))
                    .forEach(ServerProcess::endLeftOver);
        }
    }

    /** Whether the server of that name that was started last on this data still runs. */
    static boolean isRunning(Path home, String name) {
        return remembered(home.resolve(name + ".pid")).isPresent();
    }

    /** Ends the server that an earlier, killed process left on this data. */
    private static void endLeftOver(Path pidFile) {
        remembered(pidFile).ifPresent(ServerProcess::end);
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + pidFile, e);
        }
    }

    /** The process that a file is about; a pid that was given to another program is not it. */
    private static Optional<ProcessHandle> remembered(Path pidFile) {
        try {
            if (!Files.exists(pidFile)) return Optional.empty();
            String[] words = Files.readString(pidFile).trim().split(" ");
            if (words.length != 2) return Optional.empty();
            long start = Long.parseLong(words[1]);
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(handle -> startMillis(handle) == start);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + pidFile, e);
        } catch (NumberFormatException e) {
            throw new IllegalStateException(
                    pidFile + " is damaged; see that no server runs on this data and delete it", e);
        }
    }

    private static long startMillis(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(-1L);
    }

    private static void end(ProcessHandle handle) {
        handle.destroy();
        try {
            handle.onExit().get(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            handle.destroyForcibly();
            handle.onExit().join();
        } catch (InterruptedException e) {
            handle.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /**
     * Waits until it serves.
     *
     * @throws IllegalStateException when it ends before, or when it does not serve in time or this
     *     thread is interrupted, either of which stops it
     */
    void awaitReady(BooleanSupplier ready, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!ready.getAsBoolean()) {
            if (!isAlive()) throw failure("ended while starting");
            if (System.nanoTime() > deadline) {
                stop();
                throw failure("did not answer within " + timeout.toSeconds() + " s");
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                stop();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while " + name + " started", e);
            }
        }
    }

    /** Stops it in order, or by force after a while. */
    void stop() {
        signal("CONT"); // a paused one could not end
        end(process.toHandle());
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as a power cut would. */
    void kill() {
        process.destroyForcibly();
        process.toHandle().onExit().join();
    }

    /** Sends a signal by name, for example STOP or CONT. */
    void signal(String signal) {
        if (!process.isAlive()) return;
        try {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a caller shows when it does not come up. */
    IllegalStateException failure(String what) {
        String tail = "";
        try {
            List<String> lines =
                    Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1);
            tail = String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            tail = e.toString();
        }
        return new IllegalStateException(name + " " + what + "; the end of " + log + ":\n" + tail);
    }
}
