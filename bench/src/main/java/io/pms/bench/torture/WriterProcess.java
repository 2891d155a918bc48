package io.pms.bench.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One incarnation of a writer, and what it tells. */
final class WriterProcess {
    private static final List<String> OPTIONS =
            List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

    /** Enough for an exception and its cause. */
    private static final int LAST_LINES = 30;

    private final String name;
    private final Process process;
    private final Thread listener;
    private final Path log;

    private WriterProcess(String name, Process process, Path log, Ledger ledger) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.listener = Thread.ofPlatform().name("writer-" + name).start(() -> listen(ledger));
    }

    /**
     * @param name {@code writer.incarnation}
     */
    static WriterProcess start(
            String name, long seed, int clients, String url, Path log, Ledger ledger) {
        List<String> command =
                Stream.of(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString()),
                                OPTIONS,
                                List.of("-cp", System.getProperty("java.class.path")),
                                List.of(
                                        WriterMain.class.getName(),
                                        name,
                                        seed + "",
                                        clients + "",
                                        url))
                        .flatMap(List::stream)
                        .toList();
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
            return new WriterProcess(name, process, log, ledger);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start writer " + name, e);
        }
    }

    /** A line without its end was cut off by a kill: it was not told. */
    private void listen(Ledger ledger) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            StringBuilder line = new StringBuilder();
            for (int c = lines.read(); c >= 0; c = lines.read()) {
                if (c != '\n') {
                    line.append((char) c);
                    continue;
                }
                take(line.toString(), ledger);
                line.setLength(0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen to writer " + name, e);
        }
    }

    private void take(String line, Ledger ledger) throws IOException {
        Told told = Told.parse(line);
        if (told != null) ledger.take(told);
        else
            Files.writeString(
                    log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Gives it an order; one that has died takes none. */
    void order(String line) {
        try {
            OutputStream orders = process.getOutputStream();
            orders.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            orders.flush();
        } catch (IOException e) {
            if (process.isAlive()) throw new UncheckedIOException("cannot order writer " + name, e);
        }
    }

    void suspend() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    /** Makes it say in its log what its threads do. */
    void dump() {
        signal("QUIT");
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, process.pid() + "").start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it as a power cut would; what it had told before is taken. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        listener.join();
    }

    /** Lets it decide what is pending and end; what is wrong when it does not, in that time. */
    @Nullable String finish(long seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS))
            return "has not ended in %d s".formatted(seconds);
        listener.join();
        return process.exitValue() == 0
                ? null
                : "has ended with exit status %d; its log %s ends with%n%s"
                        .formatted(process.exitValue(), log, lastLines());
    }

    private String lastLines() {
        try {
            List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
            return String.join(
                    System.lineSeparator(),
                    lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void noMoreOrders() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            if (process.isAlive()) throw new UncheckedIOException("cannot end writer " + name, e);
        }
    }

    void destroy() {
        process.destroyForcibly();
    }

    boolean isAlive() {
        return process.isAlive();
    }
}
