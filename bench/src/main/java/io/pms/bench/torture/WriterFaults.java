package io.pms.bench.torture;

import io.pms.bench.torture.FaultPlan.Planned;
import io.pms.bench.torture.Proxy.Late;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/** Does to writers and their connections what is planned. */
final class WriterFaults {
    /** Longer than a writer waits for an answer and looks for an outcome, one after the other. */
    private static final long SUSPENDED_MILLIS =
            WriterMain.SOCKET_TIMEOUT.plus(WriterMain.RESOLVE_TIMEOUT).toMillis();

    private static final int KILL_ROUNDS = 20;

    /** So long a writer has for the append that is to be held back. */
    private static final int ARMED_MILLIS = 1_500;

    private final TortureDatabase database;
    private final List<Writer> writers;
    private final Moment moment;

    WriterFaults(TortureDatabase database, List<Writer> writers, Moment moment) {
        this.database = database;
        this.writers = writers;
        this.moment = moment;
    }

    boolean kill(Planned planned) throws InterruptedException {
        Writer writer = writers.get(planned.writer());
        writer.kill();
        moment.pause(planned.holdMillis() / 2);
        writer.startAgain();
        return true;
    }

    boolean suspend(Planned planned) throws InterruptedException {
        Writer writer = writers.get(planned.writer());
        writer.suspend();
        boolean longEnough = moment.pause(SUSPENDED_MILLIS + planned.holdMillis());
        writer.resume();
        return longEnough;
    }

    boolean reopen(Planned planned) {
        writers.get(planned.writer()).reopen();
        return true;
    }

    /** Some at once, some a little later, so that it meets connections that have just been made. */
    boolean cutWires(Planned planned) throws InterruptedException {
        Random random = new Random(planned.seed());
        int before = cuts();
        for (int i = 0; i < 3; i++) {
            for (Writer writer : writers) writer.proxy().cut(random);
            moment.pause(random.nextInt(300));
        }
        return cuts() > before;
    }

    private int cuts() {
        return writers.stream().mapToInt(writer -> writer.proxy().counts.cuts.get()).sum();
    }

    boolean delayPackets(Planned planned) throws InterruptedException {
        Random random = new Random(planned.seed());
        int before = held();
        for (Writer writer : writers) writer.proxy().delayNextAppend(late(random));
        moment.pause(ARMED_MILLIS);
        for (Writer writer : writers) writer.proxy().takeLate();
        return held() > before;
    }

    /** A third of them race with the writer's fence; the others come after it. */
    private static Late late(Random random) {
        if (random.nextInt(3) == 0) return new Late(true, random.nextInt(4));
        return new Late(random.nextBoolean(), random.nextInt(3_000));
    }

    private int held() {
        return writers.stream().mapToInt(writer -> writer.proxy().counts.held.get()).sum();
    }

    boolean killQueries(Planned planned) throws InterruptedException {
        int killed = 0;
        try (QueryKiller killer = new QueryKiller(database.ownerUrl(), planned.seed())) {
            for (int i = 0; i < KILL_ROUNDS && moment.pause(20); i++) killed += killer.killSome();
        } catch (SQLException e) {
            // another fault has met the server meanwhile
        }
        return killed > 0;
    }
}
