package io.pms.command.task;

import io.pms.command.Command;
import io.pms.event.SourceAttribute;
import io.pms.event.TaskPlan;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked of a task. */
public sealed interface TaskCommand extends Command {
    String taskId();

    @Override
    default String aggregateId() {
        return taskId();
    }

    /**
     * @param status an initial state of the project's workflow; null for its first one
     * @param plan null for an open plan
     */
    record CreateTask(
            String taskId,
            String projectId,
            String name,
            @Nullable String wbs,
            @Nullable String parentId,
            boolean summary,
            @Nullable String status,
            @Nullable TaskPlan plan,
            List<SourceAttribute> attributes)
            implements TaskCommand {
        public CreateTask {
            attributes = attributes == null ? List.of() : List.copyOf(attributes);
        }
    }

    record RenameTask(String taskId, String name) implements TaskCommand {}

    /** Replaces the whole plan and the place in the work breakdown structure. */
    record ReplanTask(String taskId, @Nullable String wbs, TaskPlan plan) implements TaskCommand {}

    /** Replaces the assignees; an empty list leaves the task to nobody. */
    record AssignTask(String taskId, List<String> assignees) implements TaskCommand {
        public AssignTask {
            assignees = List.copyOf(assignees);
        }
    }

    record ChangeTaskStatus(String taskId, String status, List<SourceAttribute> attributes)
            implements TaskCommand {
        public ChangeTaskStatus {
            attributes = attributes == null ? List.of() : List.copyOf(attributes);
        }
    }

    record ReportTaskProgress(String taskId, BigDecimal percent) implements TaskCommand {}

    /**
     * @param hours what is added to the effort so far; negative corrects it
     */
    record ReportTaskEffort(String taskId, BigDecimal hours) implements TaskCommand {}

    /**
     * @param cost what is added to the cost so far; negative corrects it
     */
    record ReportTaskCost(String taskId, BigDecimal cost) implements TaskCommand {}

    record CommentOnTask(String taskId, String text) implements TaskCommand {}

    record CloseTask(String taskId) implements TaskCommand {}

    record ReopenTask(String taskId) implements TaskCommand {}

    /**
     * Flags the task when it is overdue; nothing follows when it is not, or is flagged already.
     *
     * @param plannedFinish the planned finish that has passed; when the task has another one by
     *     now, it is not overdue in this respect
     * @param businessDate the day by which it has passed
     */
    record FlagTaskOverdue(String taskId, LocalDateTime plannedFinish, LocalDate businessDate)
            implements TaskCommand {}
}
