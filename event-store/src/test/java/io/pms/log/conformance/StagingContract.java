package io.pms.log.conformance;

import static io.pms.log.conformance.Samples.event;
import static io.pms.log.conformance.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.entry.Entry;
import io.pms.event.TaskEvent.TaskReopened;
import io.pms.log.EventLog;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a unit of work publishes is appended in its COMMIT phase, as one unit, or not at all. */
public abstract class StagingContract extends LogContract {
    private EventStore events;

    protected abstract EventStore store(EventLog log);

    @BeforeEach
    void openStore() {
        events = store(log);
    }

    @Test
    void appendsWhenEverybodyHasAgreed() {
        List<String> sizes = new ArrayList<>();
        events.subscribe(batch -> sizes.add("subscriber " + size()));
        UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
        work.onPrepareCommit(w -> sizes.add("prepare " + size()));
        work.afterCommit(w -> sizes.add("after commit " + size()));
        events.publish(reopened("a", 0));
        sizes.add("published " + size());
        work.commit();
        assertThat(sizes)
                .containsExactlyInAnyOrder(
                        "published 0", "prepare 0", "subscriber 0", "after commit 1");
    }

    @Test
    void showsItToItsOwnReadsAndToNobodyElse() {
        EventStore other = store(store.open());
        UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
        events.publish(reopened("a", 0));
        assertThat(events.readEvents("a").asStream()).hasSize(1);
        assertThat(other.readEvents("a").asStream()).isEmpty();
        work.commit();
        assertThat(other.readEvents("a").asStream()).hasSize(1);
    }

    @Test
    void leavesNothingOfWorkThatIsRolledBack() {
        UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
        events.publish(reopened("a", 0));
        work.rollback();
        assertThat(size()).isZero();
        publish(reopened("a", 0));
        assertThat(size()).isEqualTo(1);
    }

    @Test
    void leavesNothingOfWorkThatASubscriberRefuses() {
        try (var subscription = refuse()) {
            UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
            events.publish(reopened("a", 0));
            assertThatThrownBy(work::commit).hasMessage("no");
        }
        assertThat(size()).isZero();
        publish(reopened("a", 0));
        assertThat(size()).isEqualTo(1);
    }

    private org.axonframework.common.Registration refuse() {
        return events.subscribe(batch -> {
            throw new IllegalStateException("no");
        });
    }

    @Test
    void makesOneUnitOfWhatNestedWorkPublishes() {
        UnitOfWork<?> root = DefaultUnitOfWork.startAndGet(null);
        events.publish(reopened("a", 0));
        UnitOfWork<?> nested = DefaultUnitOfWork.startAndGet(null);
        events.publish(reopened("b", 0));
        nested.commit();
        assertThat(size()).isZero();
        root.commit();
        assertThat(log.read(0, 10)).extracting(Entry::subject).containsExactly("a", "b");
    }

    @Test
    void leavesNothingOfAllWhenOneSequenceIsTaken() {
        log.append(unit(event("b", 0), event("b", 1))).join();
        UnitOfWork<?> root = DefaultUnitOfWork.startAndGet(null);
        events.publish(reopened("a", 0));
        UnitOfWork<?> nested = DefaultUnitOfWork.startAndGet(null);
        events.publish(reopened("b", 1));
        nested.commit();
        List<String> ends = new ArrayList<>();
        root.onRollback(w -> ends.add("rolled back"));
        root.afterCommit(w -> ends.add("committed"));
        assertThatThrownBy(root::commit).isInstanceOf(ConcurrencyException.class);
        assertThat(ends).containsExactly("rolled back");
        assertThat(log.lastSequence("a")).isEmpty();
        assertThat(size()).isEqualTo(2);
    }

    private long size() {
        return log.head().size();
    }

    private void publish(DomainEventMessage<?> event) {
        UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
        events.publish(event);
        work.commit();
    }

    private static DomainEventMessage<?> reopened(String aggregate, long sequence) {
        return new GenericDomainEventMessage<>(
                "Task", aggregate, sequence, new TaskReopened(aggregate, "p"));
    }
}
