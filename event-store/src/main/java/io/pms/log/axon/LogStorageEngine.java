package io.pms.log.axon;

import io.pms.entry.EntryTime;
import io.pms.event.Event;
import io.pms.log.Appended;
import io.pms.log.DuplicateEventException;
import io.pms.log.EventLog;
import io.pms.log.OutcomeUnknownException;
import io.pms.log.SequenceConflictException;
import io.pms.log.Snapshot;
import io.pms.log.seal.Sealing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.BatchingEventStorageEngine;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;

/**
 * Axon's view of the log as storage. A tracking token is a position: there are no gaps to remember.
 *
 * <p>A taken sequence is Axon's {@code ConcurrencyException} ({@code
 * AggregateStreamCreationException} for the first one), whose cause says whether it was the
 * sequence or a command that was accepted before. An append whose outcome is not known is {@link
 * OutcomeUnknownException} and never a conflict.
 */
public final class LogStorageEngine extends BatchingEventStorageEngine {
    /** Longer than the log itself takes to tell what became of an append. */
    private static final Duration APPEND_TIMEOUT = Duration.ofSeconds(60);

    private final EventLog log;
    private final Sealing sealing;

    private LogStorageEngine(Builder builder) {
        super(builder);
        this.log = builder.log;
        this.sealing = builder.sealing;
    }

    /**
     * @param sealing what becomes of personal texts; it leaves them sealed where events are read
     * @param eventSerializer for payloads; {@link EventSerializer} gives events their stable names
     * @param snapshotSerializer for states of aggregates
     * @param snapshotFilter which of them may still be loaded
     */
    public static LogStorageEngine of(
            EventLog log,
            Sealing sealing,
            Serializer eventSerializer,
            Serializer snapshotSerializer,
            SnapshotFilter snapshotFilter) {
        return new Builder(log)
                .sealing(sealing)
                .eventSerializer(eventSerializer)
                .snapshotSerializer(snapshotSerializer)
                .snapshotFilter(snapshotFilter)
                .build();
    }

    EventLog log() {
        return log;
    }

    EventUpcaster upcasters() {
        return upcasterChain;
    }

    /** Appends and waits until the events are durable. */
    Appended appendAndWait(List<? extends EventMessage<?>> events) {
        try {
            Appended appended =
                    await(log.append(MessageMapping.toUnit(events, sealing, getEventSerializer())));
            tellStored(events, appended.firstPosition());
            return appended;
        } catch (SequenceConflictException e) {
            handlePersistenceException(e, loser(events, e));
            throw e; // not reached: the line above throws
        } catch (DuplicateEventException e) {
            handlePersistenceException(e, events.getFirst());
            throw e; // not reached either
        }
    }

    private void tellStored(List<? extends EventMessage<?>> events, long firstPosition) {
        for (int i = 0; i < events.size(); i++)
            if (events.get(i).getPayload() instanceof Event event)
                sealing.stored(MessageMapping.tenant(events.get(i)), event, firstPosition + i);
    }

    /** The event that wanted the sequence: it tells a stream that exists from a conflict. */
    private static EventMessage<?> loser(
            List<? extends EventMessage<?>> events, SequenceConflictException conflict) {
        for (EventMessage<?> event : events)
            if (event instanceof DomainEventMessage<?> domain
                    && domain.getAggregateIdentifier().equals(conflict.aggregateId())
                    && domain.getSequenceNumber() == conflict.sequence()) return event;
        return events.getFirst();
    }

    private static Appended await(Future<Appended> future) {
        try {
            return future.get(APPEND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new OutcomeUnknownException("the append failed: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new OutcomeUnknownException("the append was not answered in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknownException("interrupted while the append was under way", e);
        }
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (!events.isEmpty()) appendAndWait(events);
    }

    @Override
    protected List<? extends TrackedEventData<?>> fetchTrackedEvents(
            @Nullable TrackingToken after, int limit) {
        return log.read(next(after), limit).stream().map(MessageMapping::toTrackedData).toList();
    }

    /** The position after a token's. */
    static long next(@Nullable TrackingToken after) {
        return after == null ? 0 : after.position().orElse(-1) + 1;
    }

    @Override
    protected List<? extends DomainEventData<?>> fetchDomainEvents(
            String aggregateId, long fromSequence, int limit) {
        return log.readStream(aggregateId, fromSequence, limit).stream()
                .map(StoredEvent::new)
                .toList();
    }

    @Override
    protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        SerializedObject<byte[]> payload = snapshot.serializePayload(serializer, byte[].class);
        SerializedObject<byte[]> metaData =
                snapshot.serializeMetaData(getEventSerializer(), byte[].class);
        log.storeSnapshot(
                new Snapshot(
                        snapshot.getAggregateIdentifier(),
                        snapshot.getSequenceNumber(),
                        snapshot.getIdentifier(),
                        EntryTime.toMicros(snapshot.getTimestamp()),
                        snapshot.getType(),
                        payload.getType().getName(),
                        payload.getType().getRevision(),
                        metaData.getData(),
                        payload.getData()));
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String aggregateId) {
        return log.latestSnapshot(aggregateId).stream()
                .map(snapshot ->
                        new GenericDomainEventEntry<>(
                                snapshot.aggregateType(),
                                aggregateId,
                                snapshot.sequence(),
                                snapshot.id(),
                                EntryTime.toInstant(snapshot.timeMicros()),
                                snapshot.type(),
                                snapshot.revision(),
                                snapshot.data(),
                                snapshot.metadata()));
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateId) {
        return log.lastSequence(aggregateId);
    }

    @Override
    public TrackingToken createTailToken() {
        return new GlobalSequenceTrackingToken(-1);
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(log.head().size() - 1);
    }

    @Override
    public TrackingToken createTokenAt(Instant time) {
        return log.firstPositionAt(EntryTime.toMicros(time))
                .<TrackingToken>map(position -> new GlobalSequenceTrackingToken(position - 1))
                .orElseGet(this::createHeadToken);
    }

    /** Builds an engine with the options that Axon's engines share. */
    public static final class Builder extends BatchingEventStorageEngine.Builder {
        private final EventLog log;
        private Sealing sealing = Sealing.NONE;

        Builder(EventLog log) {
            this.log = log;
            batchSize(EventLog.MAX_READ); // most aggregates in one query
            persistenceExceptionResolver(e ->
                    e instanceof SequenceConflictException || e instanceof DuplicateEventException);
        }

        Builder sealing(Sealing with) {
            this.sealing = with;
            return this;
        }

        @Override
        public Builder persistenceExceptionResolver(PersistenceExceptionResolver resolver) {
            super.persistenceExceptionResolver(resolver);
            return this;
        }

        @Override
        public Builder eventSerializer(Serializer serializer) {
            super.eventSerializer(serializer);
            return this;
        }

        @Override
        public Builder snapshotSerializer(Serializer serializer) {
            super.snapshotSerializer(serializer);
            return this;
        }

        @Override
        public Builder snapshotFilter(SnapshotFilter filter) {
            super.snapshotFilter(filter);
            return this;
        }

        public LogStorageEngine build() {
            return new LogStorageEngine(this);
        }
    }
}
