package io.pms.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Units that go into one transaction. Used by one thread, but for {@link #awaitDecided}. */
final class Batch {
    private final List<PreparedUnit> units;
    private final CountDownLatch decided = new CountDownLatch(1);
    private @Nullable Batch previous;
    private @Nullable Packet early;
    private @Nullable HeadRow after;
    private boolean settled;
    private Runnable answer = () -> {};

    Batch(List<PreparedUnit> units) {
        this.units = new ArrayList<>(units);
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

    /** Whether it is known of every unit what became of it. */
    boolean isSettled() {
        return settled || units.isEmpty();
    }

    int events() {
        int events = 0;
        for (PreparedUnit unit : units) events += unit.events.size();
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
    }

    void fail(PreparedUnit loser, RuntimeException reason) {
        units.remove(loser);
        loser.future.completeExceptionally(reason);
    }

    /** All of it is stored. Callers are not told before {@link #answer}. */
    void stored(long firstPosition, long recordedTimeMicros, LongConsumer onSize) {
        settled = true;
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
