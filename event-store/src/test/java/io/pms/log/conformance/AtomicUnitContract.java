package io.pms.log.conformance;

import static io.pms.log.conformance.Samples.aggregate;
import static io.pms.log.conformance.Samples.event;
import static io.pms.log.conformance.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.entry.Entry;
import io.pms.log.Appended;
import io.pms.log.EntryTooLargeException;
import io.pms.log.EventLog;
import io.pms.log.NewEvent;
import io.pms.log.SequenceConflictException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** All of a unit is stored, next to each other, or nothing. */
public abstract class AtomicUnitContract extends LogContract {
    @Test
    void storesNothingOfAUnitOfWhichOneEventIsRefused() {
        log.append(unit(event("taken", 0))).join();
        assertThatThrownBy(() ->
                        log.append(unit(event("a", 0), event("taken", 0), event("b", 0))).join())
                .hasCauseInstanceOf(SequenceConflictException.class);
        assertThat(log.head().size()).isEqualTo(1);
        assertThat(log.lastSequence("a")).isEmpty();
        assertThat(log.append(unit(event("a", 0), event("b", 0))).join().firstPosition())
                .isEqualTo(1);
    }

    @Test
    void storesNothingOfAUnitOfWhichOneEventIsTooLong() {
        NewEvent tooLong = event("b", 0, "\"" + "x".repeat(65_400) + "\"");
        assertThatThrownBy(() -> log.append(unit(event("a", 0), tooLong)).join())
                .hasCauseInstanceOf(EntryTooLargeException.class);
        assertThat(log.head().size()).isZero();
        log.append(unit(event("a", 0), event("b", 0, "\"" + "x".repeat(64_000) + "\""))).join();
        assertThat(log.head().size()).isEqualTo(2);
    }

    @Test
    void keepsTheEventsOfAUnitTogetherAmongMany() {
        Random random = random();
        List<EventLog> processes = List.of(log, store.open());
        List<String> aggregates = new ArrayList<>();
        List<CompletableFuture<Appended>> answers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            aggregates.add(aggregate());
            answers.add(processes.get(i % 2).append(stream(aggregates.get(i), random.nextInt(40))));
        }
        for (int i = 0; i < 60; i++) holdsTogether(aggregates.get(i), answers.get(i).join());
    }

    /** More than a batch has. */
    @Test
    void keepsALargeUnitTogether() {
        List<CompletableFuture<Appended>> others = new ArrayList<>();
        for (int i = 0; i < 10; i++) others.add(log.append(unit(event(aggregate(), 0))));
        CompletableFuture<Appended> large = log.append(stream("large", 2_999));
        for (int i = 0; i < 10; i++) others.add(log.append(unit(event(aggregate(), 0))));
        others.forEach(CompletableFuture::join);
        assertThat(large.join().events()).isEqualTo(3_000);
        assertThat(log.head().size()).isEqualTo(3_020);
        assertThat(log.read(large.join().firstPosition(), 1))
                .extracting(Entry::subject)
                .containsExactly("large");
        assertThat(log.read(large.join().lastPosition(), 1))
                .extracting(Entry::sequence)
                .containsExactly(2_999L);
    }

    private void holdsTogether(String aggregate, Appended appended) {
        assertThat(log.read(appended.firstPosition(), appended.events()))
                .hasSize(appended.events())
                .extracting(Entry::subject)
                .containsOnly(aggregate);
        assertThat(log.readStream(aggregate, 0, 100))
                .extracting(Entry::position)
                .isSorted()
                .hasSize(appended.events())
                .startsWith(appended.firstPosition())
                .endsWith(appended.lastPosition());
    }

    private static io.pms.log.Unit stream(String aggregate, int lastSequence) {
        NewEvent[] events = new NewEvent[lastSequence + 1];
        for (int i = 0; i <= lastSequence; i++) events[i] = event(aggregate, i);
        return unit(events);
    }
}
