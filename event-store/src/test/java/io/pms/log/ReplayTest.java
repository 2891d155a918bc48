package io.pms.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final long SIZE = 20L * Replay.PAGE_EVENTS + 7;

    private final AtomicLong asked = new AtomicLong();
    private final List<Long> consumed = new ArrayList<>();

    private List<Long> page(long from, long to) {
        asked.accumulateAndGet(to, Math::max);
        return LongStream.range(from, to).boxed().toList();
    }

    private static List<Long> upTo(long end) {
        return LongStream.range(3, end).boxed().toList();
    }

    @Test
    void handsEverythingOverInOrderOnTheCallersThread() {
        Thread caller = Thread.currentThread();
        Replay.run(
                3,
                SIZE,
                this::page,
                position -> {
                    assertThat(Thread.currentThread()).isSameAs(caller);
                    consumed.add(position);
                });
        assertThat(consumed).isEqualTo(upTo(SIZE));
    }

    @Test
    void hasNothingToHandOverAtTheHeadAndBeyond() {
        Replay.run(SIZE, SIZE, this::page, consumed::add);
        Replay.run(SIZE + 5, SIZE, this::page, consumed::add);
        assertThat(consumed).isEmpty();
    }

    @Test
    void readsNoMoreThanSomePagesAheadOfTheConsumer() {
        long ahead = (long) Replay.PAGES_AHEAD * Replay.PAGE_EVENTS;
        Replay.run(
                0,
                SIZE,
                this::page,
                position -> assertThat(asked.get()).isLessThanOrEqualTo(position + 1 + ahead));
    }

    @Test
    void consumesWhatComesBeforeAFailureAndThrowsIt() {
        long bad = 3 + 5L * Replay.PAGE_EVENTS;
        Replay.Source<Long> source =
                (from, to) -> {
                    if (from == bad) throw new IllegalStateException("unreadable");
                    return page(from, to);
                };
        assertThatThrownBy(() -> Replay.run(3, SIZE, source, consumed::add))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("unreadable");
        assertThat(consumed).isEqualTo(upTo(bad));
    }

    @Test
    void endsWithWhatTheConsumerThrows() {
        assertThatThrownBy(() ->
                        Replay.run(
                                3,
                                SIZE,
                                this::page,
                                position -> {
                                    if (position == 10)
                                        throw new IllegalArgumentException("enough");
                                    consumed.add(position);
                                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(consumed).isEqualTo(upTo(10));
        assertThat(asked.get()).isLessThan(SIZE);
    }
}
