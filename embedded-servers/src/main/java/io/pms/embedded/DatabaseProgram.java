package io.pms.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What differs between the servers that can be a database of ours. */
interface DatabaseProgram {
    /** Names its process, log and socket. */
    String name();

    /** An initialised data directory without databases, to be copied. */
    Path emptyData();

    /** What starts it, up to the options that all have in common. */
    List<String> command();

    Map<String, String> environment();

    /** What Connector/J has to be told in every URL, each beginning with {@code &}. */
    String urlOptions();

    /**
     * Runs a program to its end.
     *
     * @throws IOException when it cannot be run or fails, with what it said
     */
    static void run(ProcessBuilder builder) throws IOException {
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        await(process, builder.command().getFirst());
    }

    /** Waits for the end of a program whose input has been closed. */
    static void await(Process process, String name) throws IOException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) throw new IOException(name + " failed:\n" + output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
