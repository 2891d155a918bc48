package io.pms.log.conformance;

import static io.pms.log.conformance.Samples.aggregate;
import static io.pms.log.conformance.Samples.command;
import static io.pms.log.conformance.Samples.event;
import static io.pms.log.conformance.Samples.outcomes;
import static io.pms.log.conformance.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.entry.CommandIds;
import io.pms.entry.Entry;
import io.pms.log.Appended;
import io.pms.log.DuplicateEventException;
import io.pms.log.EventLog;
import io.pms.log.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A command is accepted once, for ever, and its first answer can be asked for. */
public abstract class IdempotencyContract extends LogContract {
    @Test
    void acceptsACommandOnceAndKeepsItsFirstAnswer() {
        UUID id = CommandIds.commandId("acme", "k");
        String a = aggregate();
        log.append(unit(event(aggregate(), 0))).join();
        log.append(command(id, a, event(a, 0), event(a, 1), event(a, 2))).join();
        log.append(unit(event(aggregate(), 0))).join();
        assertThatThrownBy(() -> log.append(command(id, a, event(a, 3))).join())
                .hasCauseInstanceOf(DuplicateEventException.class);
        for (EventLog process : List.of(log, store.open())) {
            assertThat(process.receipt(id)).isPresent();
            Receipt receipt = process.receipt(id).orElseThrow();
            assertThat(receipt.aggregateId()).isEqualTo(a);
            assertThat(receipt.sequence()).isEqualTo(2);
            assertThat(receipt.position()).isEqualTo(3);
            assertThat(receipt.bodyHash()).isEqualTo(new byte[32]);
            assertThat(process.receipt(UUID.randomUUID())).isEmpty();
        }
    }

    @Test
    void makesTheIdsOfACommandsEventsFromIts() {
        UUID id = CommandIds.commandId("acme", "k");
        log.append(command(id, "a", event("a", 0), event("a", 1))).join();
        assertThat(log.read(0, 10))
                .extracting(Entry::id)
                .containsExactly(id.toString(), CommandIds.eventId(id, 1).toString());
        assertThat(log.read(0, 10)).extracting(Entry::commandId).containsOnly(id);
    }

    @Test
    void keepsAReceiptOfACommandThatChangedNothing() {
        UUID id = CommandIds.commandId("acme", "nothing");
        String a = aggregate();
        log.append(command(id, a)).join();
        assertThat(log.receipt(id))
                .hasValueSatisfying(receipt -> assertThat(receipt.sequence()).isEqualTo(5));
        assertThatThrownBy(() -> log.append(command(id, a, event(a, 0))).join())
                .hasCauseInstanceOf(DuplicateEventException.class);
        assertThatThrownBy(() -> log.append(command(id, a)).join())
                .hasCauseInstanceOf(DuplicateEventException.class);
        UUID other = CommandIds.commandId("acme", "something");
        log.append(command(other, a, event(a, 0))).join();
        assertThatThrownBy(() -> log.append(command(other, a)).join())
                .hasCauseInstanceOf(DuplicateEventException.class);
        assertThat(log.head().size()).isEqualTo(1);
    }

    @Test
    void storesOneOfManyRepeatsInSeveralProcesses() {
        UUID id = CommandIds.commandId("acme", "race");
        List<EventLog> processes = List.of(log, store.open(), store.open());
        List<CompletableFuture<Appended>> answers = new ArrayList<>();
        for (int i = 0; i < 60; i++)
            answers.add(processes.get(i % 3).append(command(id, "a" + i, event("a" + i, 0))));
        assertThat(outcomes(answers))
                .isEqualTo(Map.of("stored", 1L, "DuplicateEventException", 59L));
        assertThat(log.head().size()).isEqualTo(1);
    }

    /** Whatever has happened to its aggregate since: the client is to get its first answer. */
    @Test
    void tellsARepeatFromAConflict() {
        UUID id = CommandIds.commandId("acme", "k");
        log.append(command(id, "a", event("a", 0))).join();
        assertThatThrownBy(() -> log.append(command(id, "a", event("a", 0))).join())
                .hasCauseInstanceOf(DuplicateEventException.class);
    }
}
