package io.pms.command;

import io.pms.command.Refused.Rule;
import io.pms.log.axon.EventMetadata;
import java.util.Objects;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CommandHandlerInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * What all aggregates have in common: they belong to one organisation, and a caller may expect a
 * version of them.
 */
public abstract class TenantAggregate {
    private @Nullable String tenant;

    /** Every event says it; the first one counts. */
    protected final void belongsTo(String owner) {
        if (tenant == null) tenant = owner;
    }

    @CommandHandlerInterceptor
    final void check(CommandMessage<?> command) {
        Long version = AggregateLifecycle.getVersion();
        if (version == null) return; // it is about to be made
        if (!Objects.equals(command.getMetaData().get(EventMetadata.TENANT), tenant))
            throw new Refused(
                    Rule.NOT_FOUND,
                    "there is nothing with the id "
                            + ((Command) command.getPayload()).aggregateId());
        Outcome.current().decidedAt(version);
        Object expected = command.getMetaData().get(EventMetadata.IF_MATCH);
        if (expected != null && !expected.equals(version))
            throw new Refused(
                    Rule.STALE_VERSION,
                    "its version is \""
                            + version
                            + "\", not \""
                            + expected
                            + "\"; read it again and decide anew");
    }
}
