package io.pms.standalone;

import io.pms.embedded.SharedServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A reader's terminal in the project's folder, where {@code ./pms} is the program under test and a
 * platform's ports are free ones. What one script sets the next one has.
 */
final class Shell implements AutoCloseable {
    private final Path folder = SharedServers.temporary("shell");
    private final int port;
    private final Process bash;
    private final Writer input;
    private final BufferedReader output;

    Shell(int port, Map<String, String> environment) {
        this.port = port;
        try {
            program();
            ProcessBuilder builder =
                    new ProcessBuilder("bash")
                            .directory(Path.of("").toAbsolutePath().getParent().toFile())
                            .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(environment);
            builder.environment().put("AXONIQ_UPDATE_CHECKER_DISABLED", "true");
            bash = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        input = bash.outputWriter(StandardCharsets.UTF_8);
        output = bash.inputReader(StandardCharsets.UTF_8);
        run("set -eu\n");
    }

    /** Like the launcher, and at the port of this shell. */
    private void program() throws IOException {
        Path file = folder.resolve("pms");
        Files.writeString(
                file,
                """
                #!/usr/bin/env bash
                [ "$1" != up ] || set -- "$@" --port %d
                exec '%s' -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' %s "$@"
                """
                        .formatted(
                                port,
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty("java.class.path"),
                                Pms.class.getName()));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /**
     * Runs a script; after one that fails nothing runs here any more.
     *
     * @return the lines that it writes
     */
    List<String> run(String script) {
        String end = "end " + UUID.randomUUID();
        try {
            Path file = folder.resolve("script");
            Files.writeString(
                    file,
                    script.replace("http://127.0.0.1:3000", "http://127.0.0.1:" + port)
                            .replace("http://127.0.0.1:3001", "http://127.0.0.1:" + (port + 1))
                            .replace("./pms ", folder.resolve("pms") + " "));
            input.write(". " + file + " < /dev/null\necho '" + end + "'\n");
            input.flush();
            return until(end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> until(String end) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals(end)) return lines;
            lines.add(line);
        }
        throw new AssertionError("it failed after it had written " + lines);
    }

    boolean isUsable() {
        return bash.isAlive();
    }

    /** What it has started ends too. */
    @Override
    public void close() {
        List<ProcessHandle> children = bash.children().toList();
        children.forEach(ProcessHandle::destroy);
        children.forEach(child -> child.onExit().join());
        bash.destroy();
    }
}
