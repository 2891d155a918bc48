package io.pms.objects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A JVM of its own that ends with this one, also when this one is killed. */
final class JavaProcess {
    private JavaProcess() {}

    static Process ofJar(Path jar, List<String> arguments) {
        List<String> command = java();
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        return start(command, ProcessBuilder.Redirect.DISCARD);
    }

    /**
     * @param before what to put in front of the command, for example {@code setpriv}
     */
    static Process ofMain(List<String> before, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.addAll(java());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return start(command, ProcessBuilder.Redirect.PIPE);
    }

    private static List<String> java() {
        return new ArrayList<>(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1"));
    }

    /** The death signal comes when the thread that started a process ends, so that one waits. */
    private static Process start(List<String> command, ProcessBuilder.Redirect output) {
        List<String> line = new ArrayList<>(command);
        if (Files.isExecutable(Path.of("/usr/bin/setpriv")))
            line.addAll(0, List.of("/usr/bin/setpriv", "--pdeathsig", "KILL"));
        CompletableFuture<Process> started = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> run(line, output, started));
        Process process = started.join();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private static void run(
            List<String> line, ProcessBuilder.Redirect output, CompletableFuture<Process> started) {
        try {
            Process process =
                    new ProcessBuilder(line)
                            .redirectErrorStream(true)
                            .redirectOutput(output)
                            .start();
            started.complete(process);
            process.waitFor();
        } catch (IOException e) {
            started.completeExceptionally(new UncheckedIOException(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
