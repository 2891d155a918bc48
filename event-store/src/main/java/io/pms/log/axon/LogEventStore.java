package io.pms.log.axon;

import java.util.Optional;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStore;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * The log as Axon's event store.
 *
 * <p>Guarantees: events are appended in the COMMIT phase of the root unit of work, after every
 * subscribed handler has agreed, and the command is answered after they are durable. No database
 * connection is held meanwhile. What a unit of work has published is visible to its own later
 * reads, and to nobody else before the commit. Streams tell at once when there is more ({@link
 * TrackingEventStream#setOnAvailableCallback}).
 *
 * <p>The events of a command get their stored identifier from the command's id ({@link
 * EventMetadata#COMMAND_ID}); subscribed handlers, which run before the commit, see the one that
 * Axon made.
 */
public final class LogEventStore extends AbstractEventStore {
    static final String COMMITTED = LogEventStore.class.getName() + ".committed";

    private final LogStorageEngine engine;

    private LogEventStore(Builder builder) {
        super(builder);
        this.engine = builder.engine;
    }

    public static LogEventStore of(LogStorageEngine engine) {
        return new LogEventStore(new Builder(engine));
    }

    /**
     * Where the events of a root unit of work are; empty before its COMMIT phase, or when it had
     * none.
     */
    public static Optional<Committed> committed(UnitOfWork<?> unitOfWork) {
        return Optional.ofNullable(unitOfWork.root().getResource(COMMITTED));
    }

    @Override
    public TrackingEventStream openStream(@Nullable TrackingToken after) {
        return new LogEventStream(engine, LogStorageEngine.next(after));
    }

    private static final class Builder extends AbstractEventStore.Builder {
        private final LogStorageEngine engine;

        Builder(LogStorageEngine engine) {
            this.engine = engine;
            storageEngine(new StagingEngine(engine));
        }
    }
}
