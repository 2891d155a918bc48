package io.pms.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.entry.EntryTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArchiveStatusTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private Instant wall = Instant.parse("2040-03-01T10:00:00Z");
    private long nanos = Long.MAX_VALUE - 5; // it may overflow
    private final ArchiveStatus status = new ArchiveStatus(() -> wall, () -> nanos);

    private void pass(int seconds) {
        wall = wall.plusSeconds(seconds);
        nanos += TimeUnit.SECONDS.toNanos(seconds);
    }

    private void look(long size, long archived, @Nullable Instant oldest) {
        Long micros = oldest == null ? null : EntryTime.toMicros(oldest);
        status.found(new ArchiveState.Reading(size, archived, micros), status.look());
    }

    private void requireRpo(int seconds) {
        assertThat(status.rpo()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void growsAtOnceWhenSomethingIsAppended() {
        look(10, 10, null);
        requireRpo(0);
        status.grown(11);
        pass(1);
        requireRpo(1);
        assertThat(status.lagEvents()).isEqualTo(1);
        status.published(11);
        requireRpo(0);
    }

    @Test
    void isOfTheOldestEventThatIsNotArchived() {
        look(10, 10, null);
        for (int size = 11; size <= 20; size++) {
            pass(1);
            status.grown(size);
            look(size, 10, wall);
        }
        requireRpo(9);
        status.published(15);
        requireRpo(4);
        status.published(20);
        requireRpo(0);
    }

    @Test
    void countsFromRecordedTimeWhatWasThereBefore() {
        look(10, 4, wall.minusSeconds(100));
        requireRpo(100);
        pass(5);
        look(10, 4, wall.minusSeconds(105));
        requireRpo(105);
        status.published(6);
        requireRpo(105); // until it is known better
        look(10, 6, wall.minusSeconds(50));
        requireRpo(50);
    }

    @Test
    void growsOnWhenTheClockJumpsBack() {
        look(10, 4, wall.minusSeconds(100));
        status.grown(11);
        wall = wall.minus(HOUR);
        pass(5);
        look(11, 4, wall.plus(HOUR).minusSeconds(105));
        requireRpo(105);
        status.published(10);
        requireRpo(5);
        pass(3600);
        requireRpo(3605);
    }

    @Test
    void doesNotLeapWhenTheClockJumpsAhead() {
        look(10, 10, null);
        status.grown(11);
        Instant recorded = wall;
        wall = wall.plus(HOUR);
        pass(5);
        look(11, 10, recorded);
        requireRpo(5);
        status.published(11);
        look(11, 11, null);
        requireRpo(0);
    }

    @Test
    void isNeverNegative() {
        look(10, 4, wall.plus(HOUR));
        requireRpo(0);
        pass(2);
        requireRpo(2);
        assertThat(status.durableUntil()).isEqualTo(wall.minusSeconds(2));
    }

    @Test
    void growsFromTheStartUntilSomethingIsKnown() {
        pass(1);
        requireRpo(1);
        look(10, 10, null);
        requireRpo(0);
    }

    @Test
    void growsFromTheLastLookWhenTheDatabaseCannotBeAsked() {
        look(10, 10, null);
        pass(1);
        requireRpo(0);
        status.blind();
        requireRpo(1);
        pass(10);
        requireRpo(11);
        look(10, 10, null);
        requireRpo(0);
        pass(3); // a look that does not end
        requireRpo(3);
    }

    @Test
    void isNotDeceivedByALookThatBeganBeforeAnAppend() {
        look(10, 10, null);
        pass(1);
        long begun = status.look();
        pass(1);
        status.grown(11);
        status.found(new ArchiveState.Reading(10, 10, null), begun);
        pass(1);
        assertThat(status.lagEvents()).isEqualTo(1);
        requireRpo(1);
    }

    @Test
    void knowsNothingOfALogThatHasLostEvents() {
        look(10, 8, wall);
        pass(1);
        status.grown(12);
        pass(1);
        look(8, 8, null);
        requireRpo(0);
        assertThat(status.lagEvents()).isZero();
        status.grown(9);
        pass(3);
        requireRpo(3);
    }

    @Test
    void beginsAgainInAnotherPlace() {
        look(10, 10, null);
        status.active(true);
        status.published(0);
        look(10, 0, wall.minus(HOUR));
        assertThat(status.rpo()).isEqualTo(HOUR);
    }

    @Test
    void forgetsItsProblemWhenAnotherProcessHasArchivedMore() {
        look(10, 10, null);
        status.failed("no credentials", false);
        look(12, 10, wall);
        assertThat(status.problem()).isEqualTo("no credentials");
        look(12, 12, null);
        assertThat(status.problem()).isNull();
    }
}
