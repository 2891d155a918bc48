package io.pms.bench.torture;

import io.pms.bench.torture.FaultPlan.Planned;
import io.pms.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/** Does to the database what is planned. Each fault is over when its method returns. */
final class DatabaseFaults {
    private static final int GRAB_AGAIN_MILLIS = 50;

    private final TortureDatabase database;
    private final EmbeddedDatabase server;
    private final List<Writer> writers;
    private final Moment moment;
    private final FullDisk disk;

    DatabaseFaults(TortureDatabase database, List<Writer> writers, Moment moment) {
        this.database = database;
        this.server = database.server();
        this.writers = writers;
        this.moment = moment;
        this.disk = new FullDisk(database);
    }

    boolean kill(Planned planned) throws InterruptedException {
        server.kill();
        moment.pause(planned.holdMillis() / 2);
        server.restart();
        return true;
    }

    boolean restart() {
        server.restart();
        return true;
    }

    boolean suspend(Planned planned) throws InterruptedException {
        server.suspend();
        moment.pause(2L * planned.holdMillis());
        server.resume();
        return true;
    }

    /** Breaks the writers' connections once all are taken, and takes those too. */
    boolean exhaustConnections(Planned planned) throws InterruptedException {
        try (ConnectionFlood flood = new ConnectionFlood(database.url())) {
            boolean exhausted = flood.take();
            for (Writer writer : writers) writer.proxy().cut(new Random(planned.seed()));
            long end = System.nanoTime() + planned.holdMillis() * 1_000_000L;
            while (System.nanoTime() < end && moment.pause(GRAB_AGAIN_MILLIS))
                exhausted |= flood.take();
            return exhausted;
        }
    }

    boolean fillDisk(Planned planned) throws InterruptedException, IOException {
        try {
            boolean full = disk.fill(planned.seed() % 2 == 0);
            moment.pause(planned.holdMillis());
            return full || !server.isAlive();
        } finally {
            if (server.isAlive()) disk.free();
            else server.restart(); // a server may end itself rather than lose its binary log
        }
    }
}
