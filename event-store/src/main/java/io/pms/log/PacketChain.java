package io.pms.log;

import io.pms.entry.EntryTime;
import io.pms.log.Packet.Order;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Puts batches in order, and makes the packet of each for the head that the one before it is
 * expected to leave.
 */
final class PacketChain {
    private final int logId;
    private final InstantSource clock;
    private @Nullable Batch last;
    private volatile @Nullable HeadRow coming;

    PacketChain(int logId, InstantSource clock) {
        this.logId = logId;
        this.clock = clock;
    }

    /**
     * The batch is the next one. Where something went wrong before it, waits until that is decided.
     * One thread at a time.
     */
    void append(Batch batch) throws InterruptedException {
        HeadRow head = coming;
        if (head == null && last != null) head = last.awaitDecided();
        Packet early = head == null ? null : early(head, batch);
        batch.follow(last, early);
        last = batch;
        coming = early == null ? null : early.after();
    }

    private @Nullable Packet early(HeadRow head, Batch batch) {
        try {
            return packet(head, batch, Order.ROWS_FIRST);
        } catch (RuntimeException e) {
            return null; // it fails again where the callers are told
        }
    }

    /** An early packet was not stored: the heads that were expected do not come. Any thread. */
    void broken() {
        coming = null;
    }

    /** A packet for this head. Any thread. */
    Packet packet(HeadRow head, Batch batch, Order order) {
        long now = EntryTime.toMicros(clock.instant());
        return Packet.of(logId, head, now, batch.units(), order);
    }
}
