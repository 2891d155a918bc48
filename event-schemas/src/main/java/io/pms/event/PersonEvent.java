package io.pms.event;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What can happen to a person. Everywhere else people are opaque ids; their names are only here.
 */
public sealed interface PersonEvent extends Event {
    String personId();

    @Override
    default String aggregateId() {
        return personId();
    }

    @EventType("pms.person.PersonRegistered")
    record PersonRegistered(String personId, Personal name, @Nullable Personal email)
            implements PersonEvent {
        @Override
        public PersonRegistered mapPersonal(UnaryOperator<Personal> change) {
            return new PersonRegistered(
                    personId, change.apply(name), email == null ? null : change.apply(email));
        }
    }

    @EventType("pms.person.PersonRenamed")
    record PersonRenamed(String personId, Personal from, Personal to) implements PersonEvent {
        @Override
        public PersonRenamed mapPersonal(UnaryOperator<Personal> change) {
            return new PersonRenamed(personId, change.apply(from), change.apply(to));
        }
    }

    /**
     * The person's texts, in their record and in all other events of the organisation, cannot be
     * read any more; the opaque id stays where it stands. It is the one event of its aggregate.
     *
     * @param recordId the aggregate, {@link io.pms.entry.PersonIds#erasureId}
     * @param personId whose texts; not necessarily of somebody who was registered
     */
    @EventType("pms.person.PersonErased")
    record PersonErased(String recordId, String personId) implements PersonEvent {
        @Override
        public String aggregateId() {
            return recordId;
        }
    }
}
