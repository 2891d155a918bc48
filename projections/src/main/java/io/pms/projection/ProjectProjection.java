package io.pms.projection;

import io.pms.entry.JsonEventTypes;
import io.pms.event.LogEvent;
import io.pms.event.PersonEvent;
import io.pms.event.ProjectEvent;
import io.pms.event.ProjectEvent.ProjectArchived;
import io.pms.event.ProjectEvent.ProjectCreated;
import io.pms.event.ProjectEvent.ProjectDatesPlanned;
import io.pms.event.ProjectEvent.ProjectRenamed;
import io.pms.event.ProjectEvent.ProjectSourceRecorded;
import io.pms.event.ProjectEvent.ProjectWorkflowDefined;
import io.pms.event.TaskEvent;
import io.pms.event.TaskEvent.TaskAssigned;
import io.pms.event.TaskEvent.TaskClosed;
import io.pms.event.TaskEvent.TaskCommented;
import io.pms.event.TaskEvent.TaskCostReported;
import io.pms.event.TaskEvent.TaskCreated;
import io.pms.event.TaskEvent.TaskEffortReported;
import io.pms.event.TaskEvent.TaskFlaggedOverdue;
import io.pms.event.TaskEvent.TaskProgressReported;
import io.pms.event.TaskEvent.TaskRenamed;
import io.pms.event.TaskEvent.TaskReopened;
import io.pms.event.TaskEvent.TaskReplanned;
import io.pms.event.TaskEvent.TaskStatusChanged;
import io.pms.event.TaskPlan;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every project as it is now, and what its tasks sum up to: counts by status, progress, planned,
 * earned and actual cost and effort. Sums are kept up with every event, never counted again.
 */
public final class ProjectProjection implements Projection {
    private final JsonMapper json = JsonEventTypes.mapper();

    @Override
    public String name() {
        return "projects";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void apply(Recorded recorded, Writes writes) {
        switch (recorded.event()) {
            case ProjectEvent event ->
                    writes.entity(
                            "project",
                            recorded.tenant(),
                            event.projectId(),
                            changes(event).changedBy(recorded.entry()));
            case TaskEvent event -> {
                Fields changes = contribution(event);
                if (!changes.isEmpty())
                    writes.account(recorded.tenant(), event.projectId(), event.taskId(), changes);
            }
            case PersonEvent event -> {}
            case LogEvent event -> {}
        }
    }

    private Fields changes(ProjectEvent event) {
        return switch (event) {
            case ProjectCreated e ->
                    named(e.name())
                            .text("workflow", json.writeValueAsString(e.workflow()))
                            .flag("archived", false);
            case ProjectRenamed e -> named(e.to());
            case ProjectWorkflowDefined e ->
                    new Fields().text("workflow", json.writeValueAsString(e.to()));
            case ProjectDatesPlanned e ->
                    new Fields()
                            .date("plannedStart", e.toStart())
                            .date("plannedFinish", e.toFinish());
            case ProjectArchived e -> new Fields().flag("archived", true);
            case ProjectSourceRecorded e -> new Fields();
        };
    }

    private static Fields named(String name) {
        return new Fields().text("name", name).text("nameKey", SortKey.ofName(name));
    }

    private static Fields contribution(TaskEvent event) {
        return switch (event) {
            case TaskCreated e ->
                    planned(
                            new Fields()
                                    .flag("summary", e.summary())
                                    .text("status", e.status())
                                    .flag("done", e.statusFinal()),
                            e.plan());
            case TaskReplanned e -> planned(new Fields(), e.to());
            case TaskStatusChanged e ->
                    new Fields().text("status", e.to()).flag("done", e.toFinal());
            case TaskProgressReported e ->
                    new Fields().scaled("percent", e.toPercent(), Fields.PERCENT_DECIMALS);
            case TaskEffortReported e ->
                    new Fields().scaled("spentHours", e.toHours(), Fields.AMOUNT_DECIMALS);
            case TaskCostReported e ->
                    new Fields().scaled("spent", e.toCost(), Fields.AMOUNT_DECIMALS);
            case TaskClosed e -> new Fields().flag("closed", true);
            case TaskReopened e -> new Fields().flag("closed", false);
            case TaskRenamed e -> new Fields();
            case TaskAssigned e -> new Fields();
            case TaskCommented e -> new Fields();
            case TaskFlaggedOverdue e -> new Fields();
        };
    }

    private static Fields planned(Fields fields, TaskPlan plan) {
        return fields.scaled("cost", plan.cost(), Fields.AMOUNT_DECIMALS)
                .scaled("effort", plan.effortHours(), Fields.AMOUNT_DECIMALS)
                .date("start", plan.start())
                .date("finish", plan.finish());
    }
}
