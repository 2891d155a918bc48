package io.pms.command.person;

import io.pms.command.Command;
import org.jspecify.annotations.Nullable;

/** What can be asked of a person's record. */
public sealed interface PersonCommand extends Command {
    String personId();

    @Override
    default String aggregateId() {
        return personId();
    }

    record RegisterPerson(String personId, String name, @Nullable String email)
            implements PersonCommand {}

    record RenamePerson(String personId, String name) implements PersonCommand {}
}
