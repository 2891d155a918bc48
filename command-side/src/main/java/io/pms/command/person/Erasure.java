package io.pms.command.person;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.pms.command.Bounds;
import io.pms.command.Decisions;
import io.pms.command.Refused;
import io.pms.command.Refused.Rule;
import io.pms.command.TenantAggregate;
import io.pms.command.person.PersonCommand.ErasePerson;
import io.pms.event.PersonEvent.PersonErased;
import io.pms.log.axon.EventMetadata;
import io.pms.log.seal.People;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * That a person was erased. It is an aggregate of its own, so that nothing that has the person's id
 * stands in the way.
 */
@Aggregate(type = "Erasure", cache = "aggregateCache")
final class Erasure extends TenantAggregate {
    @AggregateIdentifier private @Nullable String id;

    Erasure() {}

    /** Also of somebody who was never registered, if there are texts of theirs. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ErasePerson command, MetaData metaData, People people) {
        Bounds.requirePerson("personId", command.personId());
        if (metaData.get(EventMetadata.REASON) == null)
            throw Bounds.invalid("reason", "is missing: say why, without naming the person");
        if (id != null) return;
        String tenant = Decisions.tenant(metaData);
        if (!people.areKnown(tenant, command.personId()))
            throw new Refused(
                    Rule.NOT_FOUND,
                    "nobody with the id "
                            + command.personId()
                            + " was registered or wrote anything");
        apply(new PersonErased(command.aggregateId(tenant), command.personId()));
    }

    @EventSourcingHandler
    void on(PersonErased event, @MetaDataValue(EventMetadata.TENANT) String tenant) {
        id = event.aggregateId();
        belongsTo(tenant);
    }
}
