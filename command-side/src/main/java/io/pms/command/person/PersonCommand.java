package io.pms.command.person;

import io.pms.command.Command;
import io.pms.entry.PersonIds;
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

    /**
     * Makes everything unreadable that is personal to somebody, registered or not.
     *
     * @param personId also that of somebody who only acted; then it need not be a UUID
     */
    record ErasePerson(String personId) implements PersonCommand {
        @Override
        public String aggregateId(String tenant) {
            return PersonIds.erasureId(tenant, personId);
        }
    }
}
