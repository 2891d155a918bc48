package io.pms.command.person;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.pms.command.Bounds;
import io.pms.command.TenantAggregate;
import io.pms.command.person.PersonCommand.RegisterPerson;
import io.pms.command.person.PersonCommand.RenamePerson;
import io.pms.event.PersonEvent;
import io.pms.event.PersonEvent.PersonErased;
import io.pms.event.PersonEvent.PersonRegistered;
import io.pms.event.PersonEvent.PersonRenamed;
import io.pms.event.Personal;
import io.pms.event.PersonalTexts;
import io.pms.log.axon.EventMetadata;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** A person's record: the one place where a name stands. */
@Aggregate(
        type = "Person",
        cache = "aggregateCache",
        snapshotTriggerDefinition = "aggregateSnapshots")
@Revision("3")
final class Person extends TenantAggregate {
    @AggregateIdentifier private @Nullable String id;
    private @Nullable Personal name;

    Person() {}

    @CommandHandler
    Person(RegisterPerson command) {
        Bounds.requireId("personId", command.personId());
        Bounds.requireName("name", command.name());
        if (command.email() != null) Bounds.requireName("email", command.email());
        apply(
                new PersonRegistered(
                        command.personId(),
                        text(command.personId(), command.name()),
                        command.email() == null
                                ? null
                                : text(command.personId(), command.email())));
    }

    @CommandHandler
    void handle(
            RenamePerson command,
            @MetaDataValue(EventMetadata.TENANT) String tenant,
            PersonalTexts texts) {
        Bounds.requireName("name", command.name());
        Personal from = Objects.requireNonNull(name);
        if (command.name().equals(texts.open(tenant, from).text())) return;
        apply(new PersonRenamed(command.personId(), from, text(from.subject(), command.name())));
    }

    private static Personal text(String personId, String text) {
        return new Personal.Clear(personId, text);
    }

    @EventSourcingHandler
    void on(PersonEvent event, @MetaDataValue(EventMetadata.TENANT) String tenant) {
        id = event.aggregateId();
        belongsTo(tenant);
        name =
                switch (event) {
                    case PersonRegistered e -> e.name();
                    case PersonRenamed e -> e.to();
                    case PersonErased e -> name; // its aggregate is another
                };
    }
}
