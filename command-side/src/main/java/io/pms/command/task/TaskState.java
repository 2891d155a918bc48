package io.pms.command.task;

import io.pms.event.TaskEvent;
import io.pms.event.TaskEvent.TaskAssigned;
import io.pms.event.TaskEvent.TaskClosed;
import io.pms.event.TaskEvent.TaskCommented;
import io.pms.event.TaskEvent.TaskCostReported;
import io.pms.event.TaskEvent.TaskCreated;
import io.pms.event.TaskEvent.TaskEffortReported;
import io.pms.event.TaskEvent.TaskProgressReported;
import io.pms.event.TaskEvent.TaskRenamed;
import io.pms.event.TaskEvent.TaskReopened;
import io.pms.event.TaskEvent.TaskReplanned;
import io.pms.event.TaskEvent.TaskStatusChanged;
import io.pms.event.TaskPlan;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task as its events say, as far as decisions need it. */
record TaskState(
        String taskId,
        String projectId,
        String name,
        @Nullable String wbs,
        String status,
        boolean statusFinal,
        TaskPlan plan,
        List<String> assignees,
        BigDecimal percent,
        BigDecimal effortHours,
        BigDecimal cost,
        boolean closed) {

    static TaskState created(TaskCreated e) {
        return new TaskState(
                e.taskId(),
                e.projectId(),
                e.name(),
                e.wbs(),
                e.status(),
                e.statusFinal(),
                e.plan(),
                List.of(),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                false);
    }

    /** The state after an event. Pure. */
    TaskState after(TaskEvent event) {
        return switch (event) {
            case TaskCreated e -> created(e);
            case TaskRenamed e -> with(e.to(), wbs, plan);
            case TaskReplanned e -> with(name, e.toWbs(), e.to());
            case TaskAssigned e ->
                    new TaskState(
                            taskId,
                            projectId,
                            name,
                            wbs,
                            status,
                            statusFinal,
                            plan,
                            e.to(),
                            percent,
                            effortHours,
                            cost,
                            closed);
            case TaskStatusChanged e ->
                    new TaskState(
                            taskId,
                            projectId,
                            name,
                            wbs,
                            e.to(),
                            e.toFinal(),
                            plan,
                            assignees,
                            percent,
                            effortHours,
                            cost,
                            closed);
            case TaskProgressReported e -> with(e.toPercent(), effortHours, cost);
            case TaskEffortReported e -> with(percent, e.toHours(), cost);
            case TaskCostReported e -> with(percent, effortHours, e.toCost());
            case TaskCommented e -> this;
            case TaskClosed e -> with(true);
            case TaskReopened e -> with(false);
        };
    }

    private TaskState with(String newName, @Nullable String newWbs, TaskPlan newPlan) {
        return new TaskState(
                taskId,
                projectId,
                newName,
                newWbs,
                status,
                statusFinal,
                newPlan,
                assignees,
                percent,
                effortHours,
                cost,
                closed);
    }

    private TaskState with(BigDecimal newPercent, BigDecimal newHours, BigDecimal newCost) {
        return new TaskState(
                taskId,
                projectId,
                name,
                wbs,
                status,
                statusFinal,
                plan,
                assignees,
                newPercent,
                newHours,
                newCost,
                closed);
    }

    private TaskState with(boolean newClosed) {
        return new TaskState(
                taskId,
                projectId,
                name,
                wbs,
                status,
                statusFinal,
                plan,
                assignees,
                percent,
                effortHours,
                cost,
                newClosed);
    }
}
