package io.pms.log.axon;

import io.pms.log.Appended;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;

/**
 * What a unit of work left in the log.
 *
 * @param aggregateId the aggregate of its last event
 * @param sequence that event's sequence; -1 when no event belongs to an aggregate
 */
public record Committed(Appended appended, String aggregateId, long sequence) {
    static Committed of(List<EventMessage<?>> events, Appended appended) {
        String aggregateId = "";
        long sequence = -1;
        for (EventMessage<?> event : events)
            if (event instanceof DomainEventMessage<?> domain) {
                aggregateId = domain.getAggregateIdentifier();
                sequence = domain.getSequenceNumber();
            }
        return new Committed(appended, aggregateId, sequence);
    }
}
