package io.pms.bench.torture;

import io.pms.log.EventLog;
import io.pms.log.LogUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Notes the head at random moments, with the root of everything before it. */
final class HeadReader implements Runnable {
    private static final int MAX_PAUSE_MILLIS = 400;

    private final String name;
    private final EventLog log;
    private final Random random;
    private final List<SeenHead> heads = new ArrayList<>();
    private volatile boolean stopped;

    HeadReader(String name, EventLog log, long seed) {
        this.name = name;
        this.log = log;
        this.random = new Random(seed);
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                Thread.sleep(Duration.ofMillis(random.nextInt(MAX_PAUSE_MILLIS)));
                try {
                    add(SeenHead.of(name, log.head()));
                } catch (LogUnavailableException e) {
                    // the database is away
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void add(SeenHead head) {
        heads.add(head);
    }

    synchronized List<SeenHead> heads() {
        return List.copyOf(heads);
    }

    void stop() {
        stopped = true;
    }
}
