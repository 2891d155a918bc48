package io.pms.command.project;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.pms.command.TenantAggregate;
import io.pms.command.project.ProjectCommand.ArchiveProject;
import io.pms.command.project.ProjectCommand.CreateProject;
import io.pms.command.project.ProjectCommand.DefineWorkflow;
import io.pms.command.project.ProjectCommand.PlanProjectDates;
import io.pms.command.project.ProjectCommand.RecordProjectSource;
import io.pms.command.project.ProjectCommand.RenameProject;
import io.pms.event.ProjectEvent;
import io.pms.event.ProjectEvent.ProjectCreated;
import io.pms.log.axon.EventMetadata;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** The project as Axon's aggregate; {@link ProjectDecider} decides. */
@Aggregate(
        type = "Project",
        cache = "aggregateCache",
        snapshotTriggerDefinition = "aggregateSnapshots")
@Revision("1")
final class Project extends TenantAggregate {
    @AggregateIdentifier private @Nullable String id;
    private @Nullable ProjectState state;

    Project() {}

    @CommandHandler
    Project(CreateProject command) {
        apply(ProjectDecider.create(command));
    }

    @CommandHandler
    void handle(RenameProject command) {
        decide(command);
    }

    @CommandHandler
    void handle(DefineWorkflow command) {
        decide(command);
    }

    @CommandHandler
    void handle(PlanProjectDates command) {
        decide(command);
    }

    @CommandHandler
    void handle(ArchiveProject command) {
        decide(command);
    }

    @CommandHandler
    void handle(RecordProjectSource command) {
        decide(command);
    }

    private void decide(ProjectCommand command) {
        ProjectDecider.decide(Objects.requireNonNull(state), command)
                .forEach(event -> apply(event));
    }

    @EventSourcingHandler
    void on(ProjectEvent event, @MetaDataValue(EventMetadata.TENANT) String tenant) {
        id = event.projectId();
        belongsTo(tenant);
        state =
                event instanceof ProjectCreated created
                        ? ProjectState.created(created, tenant)
                        : Objects.requireNonNull(state).after(event);
    }
}
