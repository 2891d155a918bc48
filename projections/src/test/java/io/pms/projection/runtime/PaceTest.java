package io.pms.projection.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class PaceTest {
    private LongConsumer grown = size -> {};
    private final AtomicInteger closed = new AtomicInteger();
    private long now = 5_000_000_000L;
    private long size = 1_000_000;

    private final Pace pace =
            new Pace(
                    listener -> {
                        grown = listener;
                        return closed::incrementAndGet;
                    },
                    () -> now);

    /** The log grows by so many events within a look, and is looked at. */
    private boolean isConsiderateAfter(long events) {
        pass(250);
        size += events;
        if (events > 0) grown.accept(size);
        return pace.isConsiderate();
    }

    private void pass(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void whatTheLogHasIsNotGrowth() {
        assertThat(isConsiderateAfter(0)).isFalse();
        assertThat(isConsiderateAfter(1)).isFalse();
        assertThat(isConsiderateAfter(0)).isFalse();
    }

    @Test
    void peopleAreConsideredUntilTheyHaveBeenAwayForAWhile() {
        isConsiderateAfter(1);
        assertThat(isConsiderateAfter(3)).isTrue();
        for (int i = 0; i < 7; i++) assertThat(isConsiderateAfter(0)).isTrue();
        assertThat(isConsiderateAfter(0)).isFalse();
    }

    @Test
    void anImportIsNotConsidered() {
        isConsiderateAfter(1);
        assertThat(isConsiderateAfter(3)).isTrue();
        assertThat(isConsiderateAfter(5_000)).isFalse();
        assertThat(isConsiderateAfter(5_000)).isFalse();
        assertThat(isConsiderateAfter(3)).isTrue();
    }

    @Test
    void whatHappenedWhileNobodyLookedIsNotJudged() {
        isConsiderateAfter(1);
        pass(60_000);
        assertThat(isConsiderateAfter(3)).isFalse();
        assertThat(isConsiderateAfter(3)).isTrue();
    }

    @Test
    void aStepThatFailsEndsTheWaitingForOthers() {
        isConsiderateAfter(1);
        assertThat(isConsiderateAfter(3)).isTrue();
        pace.restAfter(CompletableFuture.failedFuture(new IllegalStateException("away")));
        for (int i = 0; i < 39; i++) assertThat(isConsiderateAfter(3)).isFalse();
        assertThat(isConsiderateAfter(3)).isTrue();
    }

    @Test
    void nobodyIsConsideredWhileAnyoneWaits() {
        isConsiderateAfter(1);
        assertThat(isConsiderateAfter(3)).isTrue();
        pace.anyoneWaits(true);
        assertThat(pace.isConsiderate()).isFalse();
        pace.anyoneWaits(false);
        assertThat(pace.isConsiderate()).isTrue();
    }

    @Test
    void listensUntilItIsClosed() {
        pace.close();
        assertThat(closed).hasValue(1);
    }
}
