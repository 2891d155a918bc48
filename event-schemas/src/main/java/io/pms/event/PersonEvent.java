package io.pms.event;

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
            implements PersonEvent {}

    @EventType("pms.person.PersonRenamed")
    record PersonRenamed(String personId, Personal from, Personal to) implements PersonEvent {}
}
