package io.pms.log;

import io.pms.log.PreparedUnit.PreparedEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Units that go into one transaction. No two of them want the same sequence or id. Used by one
 * thread, but for {@link #awaitDecided} and {@link #wantsTheSameAs}.
 */
final class Batch {
    private final List<PreparedUnit> units = new ArrayList<>();
    private final List<PreparedUnit> late = new ArrayList<>();
    private final Set<Object> claimed = new HashSet<>();
    private int events;
    private int lateEvents;
    private int bytes;
    private final CountDownLatch decided = new CountDownLatch(1);
    private @Nullable Batch previous;
    private @Nullable Packet early;
    private @Nullable HeadRow after;
    private boolean stored;
    private Runnable answer = () -> {};

    /** Whether there is room for it; there always is for the first one. */
    boolean fits(PreparedUnit unit, LogSettings settings) {
        return (units.isEmpty() && late.isEmpty())
                || (events + lateEvents + unit.events.size() <= settings.maxBatchEvents()
                        && bytes + unit.bytes <= settings.maxBatchBytes());
    }

    void add(PreparedUnit unit) {
        units.add(unit);
        events += unit.events.size();
        bytes += unit.bytes;
        if (unit.command != null) claimed.add(unit.command.id());
        for (PreparedEvent event : unit.events) {
            claimed.add(event.id());
            if (event.stream() != null) claimed.add(event.stream());
        }
    }

    /** Not part of the transaction: what it wants was stored a moment ago, which is to be told. */
    void addLate(PreparedUnit unit) {
        late.add(unit);
        lateEvents += unit.events.size();
    }

    List<PreparedUnit> late() {
        return late;
    }

    /** Whether one of its units wanted a sequence or id that this one wants. */
    boolean wantsTheSameAs(PreparedUnit unit) {
        if (unit.command != null && claimed.contains(unit.command.id())) return true;
        for (PreparedEvent event : unit.events)
            if (claimed.contains(event.id())
                    || (event.stream() != null && claimed.contains(event.stream()))) return true;
        return false;
    }

    /**
     * @param previous the batch before it
     * @param early a packet on the head that the previous batch is expected to leave; null when
     *     that is not known
     */
    void follow(@Nullable Batch previous, @Nullable Packet early) {
        this.previous = previous;
        this.early = early;
    }

    List<PreparedUnit> units() {
        return units;
    }

    boolean isEmpty() {
        return units.isEmpty();
    }

    boolean isStored() {
        return stored;
    }

    /** Whether it is known of every unit what became of it. */
    boolean isSettled() {
        return stored || units.isEmpty();
    }

    int events() {
        return events;
    }

    @Nullable Packet early() {
        return early;
    }

    void awaitPrevious() throws InterruptedException {
        if (previous != null) previous.awaitDecided();
    }

    /** Waits for what became of it, and tells the head that it left; null when not known. */
    @Nullable HeadRow awaitDecided() throws InterruptedException {
        decided.await();
        return after;
    }

    /** It is known what became of it: others may go on from this head. */
    void decided(@Nullable HeadRow head) {
        after = head;
        previous = null; // else every batch would be kept by the next one
        decided.countDown();
    }

    void fail(RuntimeException reason) {
        for (PreparedUnit unit : units) unit.future.completeExceptionally(reason);
        units.clear();
        events = 0;
    }

    void fail(PreparedUnit loser, RuntimeException reason) {
        units.remove(loser);
        events -= loser.events.size();
        loser.future.completeExceptionally(reason);
    }

    /** All of it is stored. Callers are not told before {@link #answer}. */
    void stored(long firstPosition, long recordedTimeMicros, LongConsumer onSize) {
        stored = true;
        long size = firstPosition + events();
        answer =
                () -> {
                    onSize.accept(size); // first: whoever has its answer finds it announced
                    long position = firstPosition;
                    for (PreparedUnit unit : units) {
                        int count = unit.events.size();
                        unit.future.complete(new Appended(position, count, recordedTimeMicros));
                        position += count;
                    }
                };
    }

    void answer() {
        answer.run();
    }
}
