package io.pms.bench.torture;

import io.pms.entry.Entry;
import io.pms.log.EventLog;
import io.pms.log.LogUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the streams that all writers share, each from where it was, as an aggregate does. */
final class StreamReader implements Runnable {
    private static final Duration WAIT = Duration.ofMillis(200);
    private static final int LIMIT = 300;

    private final List<Sight> sights;
    private final EventLog log;
    private final Random random;
    private final Consumer<Violation> report;
    private volatile boolean stopped;

    StreamReader(String name, EventLog log, long seed, Consumer<Violation> report) {
        this.sights = Workload.SHARED.stream().map(stream -> new Sight(name, stream)).toList();
        this.log = log;
        this.random = new Random(seed);
        this.report = report;
    }

    @Override
    public void run() {
        try {
            long size = 0;
            while (!stopped) {
                size = log.awaitBeyond(size, WAIT);
                int chosen = random.nextInt(sights.size());
                try {
                    read(Workload.SHARED.get(chosen), sights.get(chosen));
                } catch (LogUnavailableException e) {
                    // the database is away: it is read when it is back
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A little of what it has seen already, and what comes after it. */
    private void read(String stream, Sight sight) {
        long from = Math.max(0, sight.next() - random.nextInt(10));
        for (Entry entry : log.readStream(stream, from, 1 + random.nextInt(LIMIT)))
            tell(entry.sequence() < sight.next() ? sight.seeAgain(entry) : sight.see(entry));
    }

    private void tell(@Nullable Violation violation) {
        if (violation == null || stopped) return;
        report.accept(violation);
        stopped = true;
    }

    List<Sight> sights() {
        return sights;
    }

    void stop() {
        stopped = true;
    }
}
