package io.pms.projection;

import io.pms.entry.JsonEventTypes;
import io.pms.event.LogEvent;
import io.pms.event.PersonEvent;
import io.pms.event.ProjectEvent;
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
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every task as it is now, in a hash, and in sorted sets by due date, start, creation, change, name
 * and place in the work breakdown structure. There is a set by due date for whatever lists filter
 * by: what several of them have in common is a list too.
 */
public final class TaskProjection implements Projection {
    /**
     * Where an index by date has what has no such date: beyond every date, and finite, so that
     * indexes can be intersected with weights.
     */
    public static final String NO_DATE = "1e17";

    private final JsonMapper json = JsonEventTypes.mapper();

    @Override
    public String name() {
        return "tasks";
    }

    @Override
    public int version() {
        return 3;
    }

    @Override
    public void apply(Recorded recorded, Writes writes) {
        switch (recorded.event()) {
            case TaskEvent event ->
                    writes.entity(
                            "task",
                            recorded.tenant(),
                            event.taskId(),
                            changes(event).changedBy(recorded.entry()));
            case ProjectEvent event -> {}
            case PersonEvent event -> {}
            case LogEvent event -> {}
        }
    }

    private Fields changes(TaskEvent event) {
        return switch (event) {
            case TaskCreated e -> created(e);
            case TaskRenamed e -> named(new Fields(), e.to());
            case TaskReplanned e -> planned(new Fields(), e.toWbs(), e.to());
            case TaskAssigned e -> new Fields().text("assignees", String.join(",", e.to()));
            case TaskStatusChanged e -> status(new Fields(), e.to(), e.toFinal());
            case TaskProgressReported e -> new Fields().decimal("percent", e.toPercent());
            case TaskEffortReported e -> new Fields().decimal("actualEffortHours", e.toHours());
            case TaskCostReported e -> new Fields().decimal("actualCost", e.toCost());
            case TaskCommented e -> new Fields();
            case TaskClosed e -> new Fields().flag("closed", true);
            case TaskReopened e -> new Fields().flag("closed", false);
            case TaskFlaggedOverdue e -> new Fields().date("flaggedFinish", e.plannedFinish());
        };
    }

    private Fields created(TaskCreated e) {
        Fields fields =
                new Fields()
                        .text("project", e.projectId())
                        .text("parent", e.parentId())
                        .flag("summary", e.summary())
                        .flag("closed", false)
                        .text("attributes", list(e.attributes()));
        named(fields, e.name());
        status(fields, e.status(), e.statusFinal());
        return planned(fields, e.wbs(), e.plan());
    }

    private static Fields named(Fields fields, String name) {
        return fields.text("name", name).text("nameKey", SortKey.ofName(name));
    }

    private static Fields status(Fields fields, String status, boolean done) {
        return fields.text("status", status).flag("done", done);
    }

    private Fields planned(Fields fields, @Nullable String wbs, TaskPlan plan) {
        return fields.text("wbs", wbs)
                .text("wbsKey", wbs == null ? null : SortKey.ofWbs(wbs))
                .date("plannedStart", plan.start())
                .date("plannedFinish", plan.finish())
                .dateScore("startScore", plan.start())
                .dateScore("dueScore", plan.finish())
                .decimal("durationHours", plan.durationHours())
                .decimal("plannedCost", plan.cost())
                .decimal("plannedEffortHours", plan.effortHours())
                .text("predecessors", list(plan.predecessors()));
    }

    private @Nullable String list(List<?> values) {
        return values.isEmpty() ? null : json.writeValueAsString(values);
    }
}
