package io.pms.standalone;

import io.pms.embedded.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The command line in a process of its own, as users run it. */
final class PmsProcess implements AutoCloseable {
    /** On a busy machine a start takes long; hanging for ever is what must not be. */
    private static final long START_SECONDS = 300;

    private static final String END = "\0";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> output = new ArrayList<>();

    private PmsProcess(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::read);
    }

    static PmsProcess start(Map<String, String> environment, String... arguments) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(
                List.of(
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Pms.class.getName()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("AXONIQ_UPDATE_CHECKER_DISABLED", "true");
        builder.environment().putAll(environment);
        try {
            return new PmsProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A platform on this data that is ready. */
    static PmsProcess up(Path data, int port) {
        PmsProcess process =
                start(Map.of(), "up", "--data", data.toString(), "--port", String.valueOf(port));
        process.awaitLine("ready http://127.0.0.1:" + port);
        return process;
    }

    /**
     * A port that is free together with the next one, which is the management port; none of those
     * that systems give to connections and to servers that do not say which, while it is not taken.
     */
    static int freePort() {
        return Ports.freePair();
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine())
                lines.add(line);
        } catch (IOException e) {
            lines.add("cannot read: " + e);
        }
        lines.add(END);
    }

    void awaitLine(String expected) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            String line = next(deadline);
            if (line.equals(END))
                throw new AssertionError("ended without \"" + expected + "\": " + output);
            output.add(line);
            if (line.equals(expected)) return;
        }
    }

    private String next(long deadline) {
        try {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) throw new AssertionError("no answer in time; so far: " + output);
            return line;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it says until it ends, and its exit code on the last line. */
    String await() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        for (String line = next(deadline); !line.equals(END); line = next(deadline))
            output.add(line);
        try {
            return String.join("\n", output) + "\nexit " + process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As Ctrl-C does: asks it to stop, and waits. */
    String stop() {
        process.destroy();
        return await();
    }

    /** As a power cut does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        if (process.isAlive()) stop();
    }
}
