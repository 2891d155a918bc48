package io.pms.log.conformance;

import static io.pms.log.conformance.Samples.command;
import static io.pms.log.conformance.Samples.event;
import static io.pms.log.conformance.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.entry.CommandIds;
import io.pms.entry.Entry;
import io.pms.log.Appended;
import io.pms.log.DuplicateEventException;
import io.pms.log.OutcomeUnknownException;
import io.pms.log.SequenceConflictException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An append whose outcome is not known is found out, never guessed. */
public abstract class UnknownOutcomeContract extends LogContract {
    private LogUnderTest.Wire wire;

    @BeforeEach
    void appendOnce() throws IOException {
        wire = store.openBehindAWire();
        wire.log().append(unit(event("a", 0))).join();
    }

    @Test
    void isResolvedWhenTheWireBreaksBeforeTheAppendArrives() {
        wire.cutBeforeItArrives();
        appendsOnceInSpiteOfIt();
    }

    @Test
    void isResolvedWhenTheWireBreaksBeforeTheAppendIsAnswered() {
        wire.cutBeforeItIsAnswered();
        appendsOnceInSpiteOfIt();
    }

    @Test
    void isResolvedWhenTheAppendArrivesAfterItsSenderGaveUpAndBeforeItLooks() {
        wire.hold();
        wire.deliverWhenItsSenderIsBack();
        appendsOnceInSpiteOfIt();
    }

    @Test
    void cannotDamageTheLogWhenTheAppendArrivesAfterItsSenderHasLooked() {
        wire.hold();
        appendsOnceInSpiteOfIt();
        long size = log.head().size();
        wire.deliver();
        assertThat(log.head().size()).isEqualTo(size);
        assertThat(log.readStream("a", 0, 10)).hasSize(3);
        assertThat(store.problem()).isNull();
    }

    private void appendsOnceInSpiteOfIt() {
        long epoch = log.head().epoch();
        Appended appended = wire.log().append(unit(event("a", 1), event("b", 0))).join();
        assertThat(wire.hasBroken()).isTrue();
        assertThat(appended.firstPosition()).isEqualTo(1);
        assertThat(log.head().size()).isEqualTo(3);
        assertThat(log.read(1, 2))
                .extracting(Entry::recordedTimeMicros)
                .containsOnly(appended.recordedTimeMicros());
        assertThat(log.head().epoch()).as("it fenced before it looked").isGreaterThan(epoch);
        assertThat(wire.log().append(unit(event("a", 2))).join().firstPosition()).isEqualTo(3);
        assertThat(store.problem()).isNull();
    }

    @Test
    void isResolvedForEveryUnitOfABatch() {
        wire.cutBeforeItIsAnswered();
        List<CompletableFuture<Appended>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) answers.add(wire.log().append(unit(event("own-" + i, 0))));
        for (int i = 0; i < 50; i++) {
            long position = answers.get(i).join().firstPosition();
            assertThat(log.read(position, 1))
                    .extracting(Entry::subject)
                    .containsExactly("own-" + i);
        }
        assertThat(wire.hasBroken()).isTrue();
        assertThat(log.head().size()).isEqualTo(51);
    }

    @Test
    void isResolvedForACommandThatChangesNothing() {
        UUID id = CommandIds.commandId("acme", "nothing");
        wire.cutBeforeItIsAnswered();
        assertThat(wire.log().append(command(id, "a")).join().events()).isZero();
        assertThat(wire.hasBroken()).isTrue();
        assertThat(log.receipt(id))
                .hasValueSatisfying(receipt -> assertThat(receipt.sequence()).isEqualTo(5));
    }

    @Test
    void ofARepeatedCommandIsNotTakenForItsFirstTime() {
        UUID id = CommandIds.commandId("acme", "once");
        wire.log().append(command(id, "a", event("a", 1))).join();
        wire.cutBeforeItArrives();
        assertThatThrownBy(() -> wire.log().append(command(id, "a", event("a", 2))).join())
                .hasCauseInstanceOf(DuplicateEventException.class);
        assertThat(wire.hasBroken()).isTrue();
        assertThat(log.head().size()).isEqualTo(2);
    }

    @Test
    void isToldWhenTheStoreStaysAway() {
        wire.cutBeforeItIsAnswered();
        wire.refuseNewConnections(true);
        assertThatThrownBy(() -> wire.log().append(unit(event("a", 1))).join())
                .hasCauseInstanceOf(OutcomeUnknownException.class);
        wire.refuseNewConnections(false);
        assertThatThrownBy(() -> wire.log().append(unit(event("a", 1))).join())
                .hasCauseInstanceOf(SequenceConflictException.class);
    }
}
