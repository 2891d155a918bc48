package io.pms.projection.runtime;

import io.pms.entry.EventTypes;
import io.pms.log.EventLog;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes builds through the log that are far from its end: reads it in parallel, once for all of
 * them, from where the last of them is. Who has got near the end goes on with the live feed.
 */
final class CatchUpFeed extends Feed {
    private static final int EVENTS_A_PORTION = 64;

    /** Events after which builds that nothing was for hear how far the others are. */
    private static final int EVENTS_A_REACH = 150 * EVENTS_A_PORTION;

    private final Consumer<BuildFold> onNear;
    private long dispatched;
    private long toGoBefore = Long.MAX_VALUE;

    /**
     * @param onNear given what has got near the log's end
     */
    CatchUpFeed(
            EventLog log,
            EventTypes types,
            Failures failures,
            Runnable onLetGo,
            Consumer<BuildFold> onNear) {
        super("projections-catch-up", log, types, failures, Pace.considerate(log), onLetGo);
        this.onNear = onNear;
    }

    /** Ends a pass through the log before its end: not a failure. */
    private static final class PassEnded extends RuntimeException {
        private static final long serialVersionUID = 1;

        PassEnded() {
            super("", null, false, false);
        }
    }

    @Override
    long round() {
        dispatched = next() - 1;
        try {
            log.streamDecoded(next(), entry -> Decoded.of(entry, types), this::pass);
            reach(dispatched);
            List.copyOf(folds()).forEach(this::send);
            hurryUnlessNearer(log.head().size() - dispatched);
        } catch (PassEnded e) {
            toGoBefore = Long.MAX_VALUE; // the next one begins where it must
        }
        settle();
        long size = log.head().size();
        for (BuildFold fold : List.copyOf(folds())) if (isNear(fold, size)) handOver(fold);
        return size;
    }

    /** Who rests while the log grows faster would never take over. */
    private void hurryUnlessNearer(long toGo) {
        if (toGo >= toGoBefore && toGo > BuildFold.NEAR) pace.hurry();
        toGoBefore = toGo;
    }

    private void pass(Decoded decoded) {
        dispatch(decoded);
        dispatched = decoded.position();
        if (dispatched % EVENTS_A_PORTION != 0) return;
        pace.rest();
        followPace();
        if (dispatched % EVENTS_A_REACH == 0) reach(dispatched);
        if (hasArrivals() || isClosed() || anyIsStopped()) throw new PassEnded();
    }

    private boolean anyIsStopped() {
        return folds().isEmpty() || folds().stream().anyMatch(BuildFold::isStopped);
    }

    private static boolean isNear(BuildFold fold, long size) {
        return fold.stored().position() == fold.taken()
                && size - fold.stored().position() <= BuildFold.NEAR;
    }

    private void handOver(BuildFold fold) {
        remove(fold); // nothing of it is on its way
        toGoBefore = Long.MAX_VALUE;
        onNear.accept(fold);
    }
}
