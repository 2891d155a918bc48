package io.pms.bench.torture;

import io.pms.entry.Entry;
import io.pms.log.EventLog;
import io.pms.log.LogUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tails the log as a projection does: it waits until it is told of more, and only then reads. Now
 * and then it looks again at what it has seen.
 */
final class LogReader implements Runnable {
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final int LIMIT = 500;
    private static final int LIMIT_AGAIN = 50;

    private final String name;
    private final Sight sight;
    private final EventLog log;
    private final Random random;
    private final Consumer<Violation> report;
    private volatile boolean stopped;

    LogReader(String name, EventLog log, long seed, Consumer<Violation> report) {
        this.name = name;
        this.sight = new Sight(name, null);
        this.log = log;
        this.random = new Random(seed);
        this.report = report;
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                long told = log.awaitBeyond(sight.next(), WAIT);
                try {
                    if (told > sight.next()) read(told);
                    if (sight.next() > 0 && random.nextInt(10) == 0) lookAgain();
                } catch (LogUnavailableException e) {
                    // the database is away: it is read when it is back
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(long told) {
        List<Entry> entries = log.read(sight.next(), 1 + random.nextInt(LIMIT));
        if (entries.isEmpty())
            tell(
                    new Violation(
                            Invariant.COMMIT_ORDERED,
                            name
                                    + " was told of "
                                    + told
                                    + " events, but finds only "
                                    + sight.next()));
        for (Entry entry : entries) tell(sight.see(entry));
    }

    private void lookAgain() {
        long from = random.nextLong(sight.next());
        for (Entry entry : log.read(from, LIMIT_AGAIN))
            if (entry.position() < sight.next()) tell(sight.seeAgain(entry));
    }

    private void tell(@Nullable Violation violation) {
        if (violation == null || stopped) return;
        report.accept(violation);
        stopped = true;
    }

    Sight sight() {
        return sight;
    }

    void stop() {
        stopped = true;
    }
}
