package io.pms.command.task;

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
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as its events say, as far as decisions need it.
 *
 * @param flaggedFinish the planned finish for which it was flagged overdue last
 */
record TaskState(
        String taskId,
        String projectId,
        boolean summary,
        String name,
        @Nullable String wbs,
        String status,
        boolean statusFinal,
        TaskPlan plan,
        List<String> assignees,
        BigDecimal percent,
        BigDecimal effortHours,
        BigDecimal cost,
        boolean closed,
        @Nullable LocalDateTime flaggedFinish) {

    static TaskState created(TaskCreated e) {
        return new TaskState(
                e.taskId(),
                e.projectId(),
                e.summary(),
                e.name(),
                e.wbs(),
                e.status(),
                e.statusFinal(),
                e.plan(),
                List.of(),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                false,
                null);
    }

    /** Neither done nor closed. */
    boolean isOpen() {
        return !statusFinal && !closed;
    }

    /** The state after an event. Pure. */
    TaskState after(TaskEvent event) {
        return switch (event) {
            case TaskCreated e -> created(e);
            case TaskRenamed e -> with(e.to(), wbs, plan);
            case TaskReplanned e -> with(name, e.toWbs(), e.to());
            case TaskAssigned e -> with(status, statusFinal, closed, e.to(), flaggedFinish);
            case TaskStatusChanged e -> with(e.to(), e.toFinal(), closed, assignees, flaggedFinish);
            case TaskProgressReported e -> with(e.toPercent(), effortHours, cost);
            case TaskEffortReported e -> with(percent, e.toHours(), cost);
            case TaskCostReported e -> with(percent, effortHours, e.toCost());
            case TaskCommented e -> this;
            case TaskClosed e -> with(status, statusFinal, true, assignees, flaggedFinish);
            case TaskReopened e -> with(status, statusFinal, false, assignees, flaggedFinish);
            case TaskFlaggedOverdue e ->
                    with(status, statusFinal, closed, assignees, e.plannedFinish());
        };
    }

    private TaskState with(String newName, @Nullable String newWbs, TaskPlan newPlan) {
        return new TaskState(
                taskId,
                projectId,
                summary,
                newName,
                newWbs,
                status,
                statusFinal,
                newPlan,
                assignees,
                percent,
                effortHours,
                cost,
                closed,
                flaggedFinish);
    }

    private TaskState with(
            String newStatus,
            boolean newFinal,
            boolean newClosed,
            List<String> newAssignees,
            @Nullable LocalDateTime newFlaggedFinish) {
        return new TaskState(
                taskId,
                projectId,
                summary,
                name,
                wbs,
                newStatus,
                newFinal,
                plan,
                newAssignees,
                percent,
                effortHours,
                cost,
                newClosed,
                newFlaggedFinish);
    }

    private TaskState with(BigDecimal newPercent, BigDecimal newHours, BigDecimal newCost) {
        return new TaskState(
                taskId,
                projectId,
                summary,
                name,
                wbs,
                status,
                statusFinal,
                plan,
                assignees,
                newPercent,
                newHours,
                newCost,
                closed,
                flaggedFinish);
    }
}
