package io.pms.command.task;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.pms.command.BusinessDay;
import io.pms.command.Decision;
import io.pms.command.Decisions;
import io.pms.command.TenantAggregate;
import io.pms.command.project.Projects;
import io.pms.command.task.TaskCommand.AssignTask;
import io.pms.command.task.TaskCommand.ChangeTaskStatus;
import io.pms.command.task.TaskCommand.CloseTask;
import io.pms.command.task.TaskCommand.CommentOnTask;
import io.pms.command.task.TaskCommand.CreateTask;
import io.pms.command.task.TaskCommand.FlagTaskOverdue;
import io.pms.command.task.TaskCommand.RenameTask;
import io.pms.command.task.TaskCommand.ReopenTask;
import io.pms.command.task.TaskCommand.ReplanTask;
import io.pms.command.task.TaskCommand.ReportTaskCost;
import io.pms.command.task.TaskCommand.ReportTaskEffort;
import io.pms.command.task.TaskCommand.ReportTaskProgress;
import io.pms.event.TaskEvent;
import io.pms.event.TaskEvent.TaskCreated;
import io.pms.log.axon.EventMetadata;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** The task as Axon's aggregate; {@link TaskDecider} decides. */
@Aggregate(
        type = "Task",
        cache = "aggregateCache",
        snapshotTriggerDefinition = "aggregateSnapshots")
@Revision("2")
final class Task extends TenantAggregate {
    @AggregateIdentifier private @Nullable String id;
    private @Nullable TaskState state;

    Task() {}

    @CommandHandler
    Task(CreateTask command, MetaData metaData, Projects projects) {
        Decision decision = Decisions.of(metaData);
        apply(TaskDecider.create(command, projects.find(command.projectId(), decision.tenant())));
    }

    @CommandHandler
    void handle(RenameTask command, MetaData metaData, Projects projects) {
        decide(command, metaData, projects);
    }

    @CommandHandler
    void handle(ReplanTask command, MetaData metaData, Projects projects) {
        decide(command, metaData, projects);
    }

    @CommandHandler
    void handle(AssignTask command, MetaData metaData, Projects projects) {
        decide(command, metaData, projects);
    }

    @CommandHandler
    void handle(ChangeTaskStatus command, MetaData metaData, Projects projects) {
        decide(command, metaData, projects);
    }

    @CommandHandler
    void handle(ReportTaskProgress command, MetaData metaData, Projects projects) {
        decide(command, metaData, projects);
    }

    @CommandHandler
    void handle(ReportTaskEffort command, MetaData metaData, Projects projects) {
        decide(command, metaData, projects);
    }

    @CommandHandler
    void handle(ReportTaskCost command, MetaData metaData, Projects projects) {
        decide(command, metaData, projects);
    }

    @CommandHandler
    void handle(CommentOnTask command, MetaData metaData, Projects projects) {
        decide(command, metaData, projects);
    }

    @CommandHandler
    void handle(CloseTask command, MetaData metaData, Projects projects) {
        decide(command, metaData, projects);
    }

    @CommandHandler
    void handle(ReopenTask command, MetaData metaData, Projects projects) {
        decide(command, metaData, projects);
    }

    @CommandHandler
    void handle(
            FlagTaskOverdue command,
            MetaData metaData,
            Projects projects,
            BusinessDay businessDay) {
        businessDay.requireNotAhead("businessDate", command.businessDate());
        decide(command, metaData, projects);
    }

    private void decide(TaskCommand command, MetaData metaData, Projects projects) {
        Decision decision = Decisions.of(metaData);
        TaskState task = Objects.requireNonNull(state);
        TaskDecider.decide(
                        task, command, projects.find(task.projectId(), decision.tenant()), decision)
                .forEach(event -> apply(event));
    }

    @EventSourcingHandler
    void on(TaskEvent event, @MetaDataValue(EventMetadata.TENANT) String tenant) {
        id = event.taskId();
        belongsTo(tenant);
        state =
                event instanceof TaskCreated created
                        ? TaskState.created(created)
                        : Objects.requireNonNull(state).after(event);
    }
}
