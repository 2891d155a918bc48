package io.pms.log.conformance;

import static io.pms.log.conformance.Samples.aggregate;
import static io.pms.log.conformance.Samples.event;
import static io.pms.log.conformance.Samples.outcomes;
import static io.pms.log.conformance.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.pms.log.Appended;
import io.pms.log.EventLog;
import io.pms.log.SequenceConflictException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Conflicts are exact, and those whom they do not concern do not notice. */
public abstract class ConcurrencyContract extends LogContract {
    @Test
    void rejectsOnlyTheUnitWhoseSequenceIsTaken() {
        String a = aggregate();
        log.append(unit(event(a, 0))).join();
        List<CompletableFuture<Appended>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++)
            answers.add(
                    log.append(
                            i == 7
                                    ? unit(event(aggregate(), 0), event(a, 0))
                                    : unit(event(aggregate(), 0))));
        assertThatThrownBy(answers.get(7)::join)
                .hasCauseInstanceOf(SequenceConflictException.class);
        assertThat(outcomes(answers))
                .isEqualTo(Map.of("stored", 19L, "SequenceConflictException", 1L));
        assertThat(log.head().size()).isEqualTo(20);
    }

    @Test
    void namesTheSequenceThatIsTaken() {
        log.append(unit(event("a", 0), event("a", 1))).join();
        Throwable failure =
                catchThrowable(() -> log.append(unit(event("b", 0), event("a", 1))).join());
        assertThat(failure).hasCauseInstanceOf(SequenceConflictException.class);
        SequenceConflictException conflict = (SequenceConflictException) failure.getCause();
        assertThat(conflict.aggregateId()).isEqualTo("a");
        assertThat(conflict.sequence()).isEqualTo(1);
    }

    @Test
    void rejectsTheSameSequenceTwiceInOneUnit() {
        String a = aggregate();
        assertThatThrownBy(() -> log.append(unit(event(a, 0), event(a, 0))).join())
                .hasCauseInstanceOf(SequenceConflictException.class);
        assertThat(log.head().size()).isZero();
    }

    @Test
    void givesASequenceToOneOfManyWhoWantItInSeveralProcesses() {
        List<EventLog> processes = List.of(log, store.open(), store.open());
        List<CompletableFuture<Appended>> answers = new ArrayList<>();
        for (int i = 0; i < 60; i++) answers.add(processes.get(i % 3).append(unit(event("a", 0))));
        assertThat(outcomes(answers))
                .isEqualTo(Map.of("stored", 1L, "SequenceConflictException", 59L));
        assertThat(log.readStream("a", 0, 10)).hasSize(1);
    }

    @Test
    void givesAnEventIdToOneOfManyWhoWantIt() {
        String id = aggregate();
        List<CompletableFuture<Appended>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) answers.add(log.append(unit(event(id, aggregate(), 0, "{}"))));
        assertThat(outcomes(answers))
                .isEqualTo(Map.of("stored", 1L, "DuplicateEventException", 19L));
        assertThat(log.head().size()).isEqualTo(1);
    }

    /** Those who ask at the same time share queries: each gets its own answer, and no old one. */
    @Test
    void tellsEachOfManyWhoAskAtOnceTheLastSequenceOfItsAggregate() {
        ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        int clients = 200;
        int appends = 5;
        AtomicInteger answers = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < clients; client++) {
                String own = aggregate();
                threads.submit(() -> {
                    if (log.lastSequence(own).isPresent()) wrong.add(own + " before its first");
                    for (long i = 0; i < appends; i++) {
                        log.append(unit(event(own, i))).join();
                        if (!log.lastSequence(own).equals(Optional.of(i))) wrong.add(own + "/" + i);
                        answers.incrementAndGet();
                    }
                });
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(answers).hasValue(clients * appends);
    }

    /** Every acknowledged event is stored once, and nothing else is. */
    @Test
    void losesAndInventsNothingWhenProcessesCompete() {
        Random random = random();
        List<EventLog> processes = List.of(log, store.open(), store.open());
        ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
        AtomicInteger conflicts = new AtomicInteger();
        int clients = 48;
        int appends = 25;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < clients; client++) {
                Random own = new Random(random.nextLong());
                threads.submit(() -> {
                    for (int i = 0; i < appends; i++)
                        if (!compete(processes.get(own.nextInt(3)), own, acknowledged))
                            conflicts.incrementAndGet();
                });
            }
        }
        List<String> stored = new ArrayList<>();
        log.stream(
                0,
                entry -> {
                    assertThat(entry.position()).isEqualTo(stored.size());
                    stored.add(entry.subject() + "/" + entry.sequence());
                });
        assertThat(stored)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(acknowledged);
        assertThat(stored).hasSize(2 * (clients * appends - conflicts.get()));
        assertThat(store.problem()).isNull();
    }

    /** Appends to a stream that others want, and to one of its own. */
    private static boolean compete(
            EventLog process, Random random, ConcurrentLinkedQueue<String> acknowledged) {
        String stream = "stream-" + random.nextInt(6);
        long next = process.lastSequence(stream).map(last -> last + 1).orElse(0L);
        String own = aggregate();
        try {
            process.append(unit(event(stream, next), event(own, 0))).join();
        } catch (CompletionException e) {
            assertThat(e).hasCauseInstanceOf(SequenceConflictException.class);
            return false;
        }
        acknowledged.add(stream + "/" + next);
        acknowledged.add(own + "/0");
        return true;
    }
}
