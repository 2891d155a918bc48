package io.pms.bench;

import io.pms.embedded.Ports;
import io.pms.embedded.SharedServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The whole platform as a process of its own, on a database that it is given. */
final class PlatformProcess implements AutoCloseable {
    /**
     * {@code false} for a log that was filled by appending to it: policies would first hear of all
     * its events, for minutes, while something else is measured.
     */
    static final String POLICIES_RUN = "PMS_POLICIES_RUN";

    private static final String READY = "ready ";

    private final Process process;
    private final URI url;

    private PlatformProcess(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** Starts it with {@code ./pms up} and waits until it is ready. */
    static PlatformProcess start(BenchServer.Database database) throws IOException {
        return start(database, Map.of());
    }

    /**
     * @param environment settings that are not the default
     */
    static PlatformProcess start(BenchServer.Database database, Map<String, String> environment)
            throws IOException {
        Map<String, String> whole = new HashMap<>(environment);
        whole.put("DATABASE_URL", database.applicationUrl());
        whole.put("DATABASE_OWNER_URL", database.ownerUrl());
        return start(SharedServers.temporary("platform"), whole);
    }

    /**
     * The same with the database in its data directory, unless the environment names another one.
     */
    static PlatformProcess start(Path data, Map<String, String> environment) throws IOException {
        Process process =
                pms(
                                environment,
                                "up",
                                "--data",
                                data.toString(),
                                "--port",
                                String.valueOf(Ports.freePair()))
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return new PlatformProcess(process, awaitReady(process));
    }

    /**
     * Runs another command to its end.
     *
     * @throws IOException when its exit code is not 0
     */
    static void run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Process process =
                pms(environment, arguments).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        int code = process.waitFor();
        if (code != 0) throw new IOException("./pms " + arguments[0] + " ended with " + code);
    }

    private static ProcessBuilder pms(Map<String, String> environment, String... arguments) {
        String home = System.getProperty("pms.home");
        if (home == null) throw new IllegalStateException("start this bench by ./pms bench");
        List<String> command = new ArrayList<>(List.of(Path.of(home, "pms").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder pms = new ProcessBuilder(command);
        pms.environment().putAll(environment);
        return pms.redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static URI awaitReady(Process process) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.startsWith(READY)) return URI.create(line.substring(READY.length()));
        }
        throw new IllegalStateException(
                "the platform does not start:\n" + String.join("\n", lines));
    }

    URI url() {
        return url;
    }

    /** Ends it at once, and the servers that it has started. */
    void kill() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().join());
    }

    /** Stops it in order. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
