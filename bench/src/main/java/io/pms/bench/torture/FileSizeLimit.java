package io.pms.bench.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Makes writes of a process fail, for which nobody has to be root: no file of it may grow beyond a
 * size ({@code RLIMIT_FSIZE}). A database takes it for a full disk.
 */
final class FileSizeLimit {
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    private FileSizeLimit() {}

    /** Linux has it, with util-linux. */
    static boolean isPossible() {
        return Files.isExecutable(PRLIMIT);
    }

    /**
     * Processes that are started from now on are told of the limit by an error of their write
     * instead of being ended by a signal.
     */
    static void ignoreSignal() {
        Signal.handle(new Signal("XFSZ"), SignalHandler.SIG_IGN);
    }

    static void set(long pid, long bytes) {
        run(pid, bytes + ":unlimited");
    }

    static void lift(long pid) {
        run(pid, "unlimited:unlimited");
    }

    private static void run(long pid, String limit) {
        try {
            new ProcessBuilder(PRLIMIT.toString(), "--pid", pid + "", "--fsize=" + limit)
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
