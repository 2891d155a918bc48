package io.pms.standalone;

import io.pms.archive.ArchiveStatus;
import io.pms.recovery.DrillHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a drill when the last one is older than it may be, in a process of its own, where this
 * process is the one that archives.
 */
final class DrillSchedule implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(DrillSchedule.class);

    /** Whether one is due, at least so often. */
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final DrillHistory history;
    private final ArchiveStatus status;
    private final Duration every;
    private final int port;
    private final @Nullable Path data;
    private final Supplier<List<String>> keys;
    private final Thread thread = Thread.ofVirtual().name("drills").unstarted(this::run);
    private volatile @Nullable Process drill;

    /**
     * @param port where this platform is asked
     * @param data the data directory that has the living log; null where the environment says where
     *     it is
     * @param keys that verify what this process signs
     */
    DrillSchedule(
            DrillHistory history,
            ArchiveStatus status,
            Duration every,
            int port,
            @Nullable Path data,
            Supplier<List<String>> keys) {
        this.history = history;
        this.status = status;
        this.every = every;
        this.port = port;
        this.data = data;
        this.keys = keys;
    }

    void start() {
        thread.start();
    }

    private void run() {
        Instant tried = Instant.MIN;
        Duration look = every.compareTo(LOOK) < 0 ? every : LOOK;
        try {
            while (true) {
                Thread.sleep(look);
                // One that could not be held is tried again when the next one would be due.
                if (!status.isActive() || !isDue(tried)) continue;
                tried = Instant.now();
                hold();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    private boolean isDue(Instant tried) {
        Instant before = Instant.now().minus(every);
        try {
            return tried.isBefore(before)
                    && history.latest().map(last -> last.time().isBefore(before)).orElse(true);
        } catch (RuntimeException e) {
            LOGGER.warn("cannot tell when the last drill was held: {}", e.getMessage());
            return false; // later
        }
    }

    private void hold() throws InterruptedException {
        try {
            Process process = OwnProgram.with(arguments()).start();
            drill = process;
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() == 0) LOGGER.info("a drill was held: {}", said.strip());
            else LOGGER.error("a drill failed: {}", said.strip());
        } catch (IOException | RuntimeException e) {
            LOGGER.error("a drill could not be held", e);
        }
    }

    /** Not the keys that the archive names itself: whoever can write to it could name others. */
    List<String> arguments() {
        List<String> arguments =
                new ArrayList<>(List.of("drill", "--url", "http://127.0.0.1:" + port));
        if (data != null) arguments.addAll(List.of("--data", data.toString()));
        keys.get().forEach(key -> arguments.addAll(List.of("--key", key)));
        return arguments;
    }

    @Override
    public void close() {
        thread.interrupt();
        Process running = drill;
        if (running != null) running.destroy();
    }
}
