package io.pms.projection.runtime;

import io.pms.entry.Entry;
import io.pms.entry.EventTypes;
import io.pms.log.EventLog;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;

/**
 * Follows the log's end for builds that are there: what has just been stored is on its way at once.
 */
final class LiveFeed extends Feed {
    private static final int EVENTS_A_ROUND = 1_000;

    /** How long partitions of other tenants stay behind. */
    private static final Duration IDLE_ADVANCE = Duration.ofMillis(100);

    private long advanced = System.nanoTime();

    LiveFeed(EventLog log, EventTypes types, Failures failures, Runnable onLetGo) {
        super("projections-live", log, types, failures, Pace.asFastAsPossible(), onLetGo);
    }

    @Override
    long round() throws InterruptedException {
        long next = next();
        long size = log.awaitBeyond(next, IDLE_ADVANCE);
        if (size > next) take(log.read(next, EVENTS_A_ROUND));
        advanceIdle();
        settle();
        return size;
    }

    private void take(List<Entry> entries) {
        if (entries.isEmpty()) return;
        BitSet concerned = new BitSet(Partition.COUNT);
        for (Entry entry : entries) {
            Decoded decoded = Decoded.of(entry, types);
            concerned.set(decoded.partition());
            dispatch(decoded);
        }
        reach(entries.getLast().position());
        // Also those without news: their tenants ask for this position now.
        for (BuildFold fold : List.copyOf(folds()))
            if (concerned.get(fold.build().partition().number())) send(fold);
    }

    private void advanceIdle() {
        if (System.nanoTime() - advanced < IDLE_ADVANCE.toNanos()) return;
        List.copyOf(folds()).forEach(this::send);
        advanced = System.nanoTime();
    }
}
