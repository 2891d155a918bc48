package io.pms.bench.torture;

import io.pms.bench.torture.FaultPlan.Planned;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** Carries out a plan, one fault after the other, and counts those that took effect. */
final class Faults {
    private final DatabaseFaults ofDatabase;
    private final WriterFaults ofWriters;
    private final Moment moment;
    private final Consumer<String> say;
    private final Map<Fault, Integer> happened = new EnumMap<>(Fault.class);

    Faults(DatabaseFaults ofDatabase, WriterFaults ofWriters, Moment moment, Consumer<String> say) {
        this.ofDatabase = ofDatabase;
        this.ofWriters = ofWriters;
        this.moment = moment;
        this.say = say;
    }

    /** Until the run is over; answers how many it carried out. */
    int follow(FaultPlan plan) throws Exception {
        for (int n = 0; ; n++) {
            Planned planned = plan.next();
            if (!moment.pause(planned.pauseMillis())) return n;
            long start = System.nanoTime();
            boolean effective = carryOut(planned);
            long millis = (System.nanoTime() - start) / 1_000_000;
            say.accept(
                    planned.fault().label()
                            + (planned.fault().meetsOneWriter() ? " " + planned.writer() : "")
                            + (effective ? "" : " without effect")
                            + ", "
                            + millis
                            + " ms");
            if (effective) count(planned.fault());
        }
    }

    private boolean carryOut(Planned planned) throws Exception {
        return switch (planned.fault()) {
            case KILL_DATABASE -> ofDatabase.kill(planned);
            case RESTART_DATABASE -> ofDatabase.restart();
            case SUSPEND_DATABASE -> ofDatabase.suspend(planned);
            case EXHAUST_CONNECTIONS -> ofDatabase.exhaustConnections(planned);
            case FILL_DISK -> ofDatabase.fillDisk(planned);
            case KILL_WRITER -> ofWriters.kill(planned);
            case SUSPEND_WRITER -> ofWriters.suspend(planned);
            case REOPEN_LOG -> ofWriters.reopen(planned);
            case CUT_WIRES -> ofWriters.cutWires(planned);
            case DELAY_PACKET -> ofWriters.delayPackets(planned);
            case KILL_QUERIES -> ofWriters.killQueries(planned);
        };
    }

    private synchronized void count(Fault fault) {
        happened.merge(fault, 1, Integer::sum);
    }

    synchronized Map<Fault, Integer> happened() {
        return new EnumMap<>(happened);
    }
}
