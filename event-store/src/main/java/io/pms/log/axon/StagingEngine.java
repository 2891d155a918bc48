package io.pms.log.axon;

import io.pms.log.Appended;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Defers appends to the COMMIT phase of the root unit of work: Axon hands events over in
 * PREPARE_COMMIT, when subscribed handlers can still fail. Everything that a root unit of work
 * publishes becomes one unit of the log.
 */
final class StagingEngine implements EventStorageEngine {
    private static final String STAGED = StagingEngine.class.getName() + ".staged";

    private final LogStorageEngine engine;

    StagingEngine(LogStorageEngine engine) {
        this.engine = engine;
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        if (!CurrentUnitOfWork.isStarted()) {
            engine.appendEvents(events);
            return;
        }
        UnitOfWork<?> root = CurrentUnitOfWork.get().root();
        root.<List<EventMessage<?>>>getOrComputeResource(
                        STAGED,
                        key -> {
                            root.onCommit(this::commit);
                            return new ArrayList<>();
                        })
                .addAll(events);
    }

    private void commit(UnitOfWork<?> root) {
        List<EventMessage<?>> events = root.getResource(STAGED);
        if (events.isEmpty()) return;
        Appended appended = engine.appendAndWait(events);
        root.resources().put(LogEventStore.COMMITTED, Committed.of(events, appended));
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        engine.storeSnapshot(snapshot);
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(
            @Nullable TrackingToken after, boolean mayBlock) {
        return engine.readEvents(after, mayBlock);
    }

    @Override
    public DomainEventStream readEvents(String aggregateId, long fromSequence) {
        return engine.readEvents(aggregateId, fromSequence);
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateId) {
        return engine.readSnapshot(aggregateId);
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateId) {
        return engine.lastSequenceNumberFor(aggregateId);
    }

    @Override
    public TrackingToken createTailToken() {
        return engine.createTailToken();
    }

    @Override
    public TrackingToken createHeadToken() {
        return engine.createHeadToken();
    }

    @Override
    public TrackingToken createTokenAt(Instant time) {
        return engine.createTokenAt(time);
    }
}
