package io.pms.bench;

import io.pms.embedded.SharedServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
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
        String home = System.getProperty("pms.home");
        if (home == null) throw new IllegalStateException("start this bench by ./pms bench");
        ProcessBuilder up =
                new ProcessBuilder(
                        Path.of(home, "pms").toString(),
                        "up",
                        "--data",
                        SharedServers.temporary("platform").toString(),
                        "--port",
                        String.valueOf(freePort()));
        up.environment().put("DATABASE_URL", database.applicationUrl());
        up.environment().put("DATABASE_OWNER_URL", database.ownerUrl());
        up.environment().putAll(environment);
        Process process = up.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return new PlatformProcess(process, awaitReady(process));
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

    /** The platform takes the next port too. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    URI url() {
        return url;
    }

    /** Stops it in order. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
