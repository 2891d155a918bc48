package io.pms.event;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What can happen to a task. Every one of them names the task's project. */
public sealed interface TaskEvent extends Event {
    String taskId();

    String projectId();

    @Override
    default String aggregateId() {
        return taskId();
    }

    /**
     * A task exists from now on.
     *
     * @param wbs position in the work breakdown structure, for example {@code 1.2.3}; null when it
     *     has none
     * @param parentId the summary task above it
     * @param summary whether it only groups others: its plan sums up theirs and counts for nothing
     *     itself
     * @param status the workflow state that it starts in
     * @param statusFinal whether that state is a final one
     */
    @EventType("pms.task.TaskCreated")
    record TaskCreated(
            String taskId,
            String projectId,
            String name,
            @Nullable String wbs,
            @Nullable String parentId,
            boolean summary,
            String status,
            boolean statusFinal,
            TaskPlan plan,
            List<SourceAttribute> attributes)
            implements TaskEvent {
        public TaskCreated {
            attributes = Lists.copy(attributes);
        }
    }

    @EventType("pms.task.TaskRenamed")
    record TaskRenamed(String taskId, String projectId, String from, String to)
            implements TaskEvent {}

    /**
     * Dates, duration, cost, effort, predecessors or place in the work breakdown structure changed.
     */
    @EventType("pms.task.TaskReplanned")
    record TaskReplanned(
            String taskId,
            String projectId,
            @Nullable String fromWbs,
            @Nullable String toWbs,
            TaskPlan from,
            TaskPlan to)
            implements TaskEvent {}

    /**
     * The people responsible: opaque person ids, in the order of the command, without duplicates.
     */
    @EventType("pms.task.TaskAssigned")
    record TaskAssigned(String taskId, String projectId, List<String> from, List<String> to)
            implements TaskEvent {
        public TaskAssigned {
            from = Lists.copy(from);
            to = Lists.copy(to);
        }
    }

    /**
     * The task moved along the workflow. {@code from} and {@code to} are equal when a state was
     * confirmed again.
     */
    @EventType("pms.task.TaskStatusChanged")
    record TaskStatusChanged(
            String taskId,
            String projectId,
            String from,
            boolean fromFinal,
            String to,
            boolean toFinal,
            List<SourceAttribute> attributes)
            implements TaskEvent {
        public TaskStatusChanged {
            attributes = Lists.copy(attributes);
        }
    }

    /** Physical progress in percent, 0 to 100, at most two decimals. */
    @EventType("pms.task.TaskProgressReported")
    record TaskProgressReported(
            String taskId, String projectId, BigDecimal fromPercent, BigDecimal toPercent)
            implements TaskEvent {}

    /**
     * Hours of work done so far; the difference is what this report adds, negative for a
     * correction.
     */
    @EventType("pms.task.TaskEffortReported")
    record TaskEffortReported(
            String taskId, String projectId, BigDecimal fromHours, BigDecimal toHours)
            implements TaskEvent {}

    /** Money spent so far, in the project's currency; the difference is what this report adds. */
    @EventType("pms.task.TaskCostReported")
    record TaskCostReported(String taskId, String projectId, BigDecimal fromCost, BigDecimal toCost)
            implements TaskEvent {}

    /** Somebody said something; free text is personal to its author. */
    @EventType("pms.task.TaskCommented")
    record TaskCommented(String taskId, String projectId, String commentId, Personal text)
            implements TaskEvent {
        @Override
        public TaskCommented mapPersonal(UnaryOperator<Personal> change) {
            return new TaskCommented(taskId, projectId, commentId, change.apply(text));
        }
    }

    /**
     * Work on the task has ended, whatever its status; only reopening and comments are accepted
     * afterwards.
     */
    @EventType("pms.task.TaskClosed")
    record TaskClosed(String taskId, String projectId) implements TaskEvent {}

    @EventType("pms.task.TaskReopened")
    record TaskReopened(String taskId, String projectId) implements TaskEvent {}

    /**
     * The planned finish had passed, and the task was neither done nor closed nor a summary. Once
     * for a planned finish, until the task is flagged for another.
     *
     * @param businessDate the day on which that was found; the planned finish lies before it
     */
    @EventType("pms.task.TaskFlaggedOverdue")
    record TaskFlaggedOverdue(
            String taskId, String projectId, LocalDateTime plannedFinish, LocalDate businessDate)
            implements TaskEvent {}
}
