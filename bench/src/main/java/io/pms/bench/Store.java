package io.pms.bench;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;

/** A store of events, as its users have it. Thread-safe. */
interface Store extends AutoCloseable {
    /** Events a unit of work when a store is filled in order. */
    int FILL_EVENTS = 1_000;

    String name();

    /** Where its tables are. */
    BenchServer.Database database();

    /**
     * Appends events in one unit of work, and returns when they are durable.
     *
     * @return false when a sequence is taken and nothing of it is stored
     */
    boolean append(List<Sample> samples) throws Exception;

    /** Appends each event by a command of its own, as fast as it can. */
    void fill(Stream<Sample> samples) throws Exception;

    /** Stores events in their order, many in each unit of work. */
    default void fillInOrder(Stream<Sample> samples) throws Exception {
        Stream<List<Sample>> units = samples.gather(Gatherers.windowFixed(FILL_EVENTS));
        for (Iterator<List<Sample>> rest = units.iterator(); rest.hasNext(); )
            if (!append(rest.next()))
                throw new IllegalStateException(name() + " tells a conflict where none can be");
    }

    /** The last sequence of an aggregate, -1 when it has no events. */
    long lastSequence(String aggregateId);

    /** Reads all events from the first on, as records; answers how many there are. */
    long replay();

    /** Reads an aggregate's events through Axon. */
    DomainEventStream load(String aggregateId);

    @Override
    void close();
}
