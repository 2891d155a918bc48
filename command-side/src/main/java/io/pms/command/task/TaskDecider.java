package io.pms.command.task;

import io.pms.command.Bounds;
import io.pms.command.Decision;
import io.pms.command.Refused;
import io.pms.command.Refused.Rule;
import io.pms.command.project.ProjectState;
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
import io.pms.event.Personal;
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
import io.pms.event.TaskPlan.Predecessor;
import io.pms.event.Workflow;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a command for a task. Pure: the same arguments, the same events.
 *
 * <p>Not checked, because it concerns other aggregates: that predecessors and the parent exist and
 * form no cycle. Schedules are read from what is there.
 */
final class TaskDecider {
    /** Percent is kept with this many decimals. */
    private static final int PERCENT_DECIMALS = 2;

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private TaskDecider() {}

    static TaskCreated create(CreateTask command, ProjectState project) {
        Bounds.requireId("taskId", command.taskId());
        Bounds.requireName("name", command.name());
        requireWbs(command.wbs());
        if (command.parentId() != null) Bounds.requireId("parentId", command.parentId());
        requireOpen(project);
        TaskPlan plan = command.plan() == null ? TaskPlan.EMPTY : command.plan();
        requirePlan(command.taskId(), plan);
        Workflow workflow = project.workflow();
        String status = command.status() == null ? workflow.initial().getFirst() : command.status();
        if (!workflow.initial().contains(status))
            throw new Refused(
                    Rule.ILLEGAL_TRANSITION,
                    "a task cannot start as \""
                            + status
                            + "\"; the workflow's initial states are "
                            + workflow.initial());
        return new TaskCreated(
                command.taskId(),
                command.projectId(),
                command.name(),
                command.wbs(),
                command.parentId(),
                command.summary(),
                status,
                workflow.isFinal(status),
                plan,
                command.attributes());
    }

    /**
     * The events, none when nothing changes.
     *
     * @throws Refused when the rules do not allow it
     */
    static List<TaskEvent> decide(
            TaskState task, TaskCommand command, ProjectState project, Decision decision) {
        requireOpen(project);
        if (task.closed()
                && !(command instanceof ReopenTask
                        || command instanceof CommentOnTask
                        || command instanceof CloseTask
                        || command instanceof FlagTaskOverdue))
            throw new Refused(Rule.TASK_CLOSED, "the task is closed; reopen it first");
        return switch (command) {
            case CreateTask c -> throw new Refused(Rule.ALREADY_EXISTS, "the task exists already");
            case RenameTask c -> rename(task, c);
            case ReplanTask c -> replan(task, c);
            case AssignTask c -> assign(task, c);
            case ChangeTaskStatus c -> changeStatus(task, c, project.workflow());
            case ReportTaskProgress c -> progress(task, c);
            case ReportTaskEffort c -> effort(task, c);
            case ReportTaskCost c -> cost(task, c);
            case CommentOnTask c -> comment(task, c, decision);
            case CloseTask c ->
                    task.closed()
                            ? List.of()
                            : List.of(new TaskClosed(task.taskId(), task.projectId()));
            case ReopenTask c ->
                    task.closed()
                            ? List.of(new TaskReopened(task.taskId(), task.projectId()))
                            : List.of();
            case FlagTaskOverdue c -> flagOverdue(task, c);
        };
    }

    private static void requireOpen(ProjectState project) {
        if (project.archived())
            throw new Refused(
                    Rule.PROJECT_ARCHIVED,
                    "the task's project is archived; it does not change any more");
    }

    private static void requireWbs(@Nullable String wbs) {
        if (wbs != null) Bounds.requireText("wbs", wbs, Bounds.MAX_WBS);
    }

    private static void requirePlan(String taskId, TaskPlan plan) {
        Bounds.requireTime("plan.start", plan.start());
        Bounds.requireTime("plan.finish", plan.finish());
        if (plan.start() != null && plan.finish() != null && plan.finish().isBefore(plan.start()))
            throw Bounds.invalid("plan.finish", "is before plan.start");
        Bounds.requireAmount("plan.durationHours", plan.durationHours(), false);
        Bounds.requireAmount("plan.cost", plan.cost(), false);
        Bounds.requireAmount("plan.effortHours", plan.effortHours(), false);
        Bounds.requireFew(
                "plan.predecessors",
                plan.predecessors().stream().map(Predecessor::taskId).toList(),
                Bounds.MAX_PREDECESSORS);
        for (Predecessor predecessor : plan.predecessors()) {
            Bounds.requireId("plan.predecessors.taskId", predecessor.taskId());
            if (predecessor.taskId().equals(taskId))
                throw Bounds.invalid("plan.predecessors", "names the task itself");
            Bounds.requireAmount("plan.predecessors.lagHours", predecessor.lagHours(), true);
        }
    }

    private static List<TaskEvent> rename(TaskState task, RenameTask command) {
        Bounds.requireName("name", command.name());
        return command.name().equals(task.name())
                ? List.of()
                : List.of(
                        new TaskRenamed(
                                task.taskId(), task.projectId(), task.name(), command.name()));
    }

    private static List<TaskEvent> replan(TaskState task, ReplanTask command) {
        requireWbs(command.wbs());
        requirePlan(task.taskId(), command.plan());
        boolean same =
                Objects.equals(command.wbs(), task.wbs()) && command.plan().equals(task.plan());
        return same
                ? List.of()
                : List.of(
                        new TaskReplanned(
                                task.taskId(),
                                task.projectId(),
                                task.wbs(),
                                command.wbs(),
                                task.plan(),
                                command.plan()));
    }

    private static List<TaskEvent> assign(TaskState task, AssignTask command) {
        Bounds.requireFew("assignees", command.assignees(), Bounds.MAX_ASSIGNEES);
        command.assignees().forEach(person -> Bounds.requirePerson("assignees", person));
        return command.assignees().equals(task.assignees())
                ? List.of()
                : List.of(
                        new TaskAssigned(
                                task.taskId(),
                                task.projectId(),
                                task.assignees(),
                                command.assignees()));
    }

    private static List<TaskEvent> changeStatus(
            TaskState task, ChangeTaskStatus command, Workflow workflow) {
        String to = command.status();
        if (!workflow.allows(task.status(), to))
            throw new Refused(
                    Rule.ILLEGAL_TRANSITION,
                    "the workflow does not lead from \""
                            + task.status()
                            + "\" to \""
                            + to
                            + "\"; it leads to "
                            + workflow.next(task.status()));
        return List.of(
                new TaskStatusChanged(
                        task.taskId(),
                        task.projectId(),
                        task.status(),
                        task.statusFinal(),
                        to,
                        workflow.isFinal(to),
                        command.attributes()));
    }

    private static List<TaskEvent> progress(TaskState task, ReportTaskProgress command) {
        BigDecimal percent = command.percent();
        Bounds.requireWritable("percent", percent);
        if (percent.signum() < 0
                || percent.compareTo(HUNDRED) > 0
                || percent.stripTrailingZeros().scale() > PERCENT_DECIMALS)
            throw Bounds.invalid(
                    "percent",
                    "is not between 0 and 100 with at most two decimals: "
                            + percent.toPlainString());
        return percent.compareTo(task.percent()) == 0
                ? List.of()
                : List.of(
                        new TaskProgressReported(
                                task.taskId(), task.projectId(), task.percent(), percent));
    }

    private static List<TaskEvent> effort(TaskState task, ReportTaskEffort command) {
        BigDecimal total = total("hours", task.effortHours(), command.hours());
        return command.hours().signum() == 0
                ? List.of()
                : List.of(
                        new TaskEffortReported(
                                task.taskId(), task.projectId(), task.effortHours(), total));
    }

    private static List<TaskEvent> cost(TaskState task, ReportTaskCost command) {
        BigDecimal total = total("cost", task.cost(), command.cost());
        return command.cost().signum() == 0
                ? List.of()
                : List.of(
                        new TaskCostReported(task.taskId(), task.projectId(), task.cost(), total));
    }

    private static BigDecimal total(String member, BigDecimal soFar, BigDecimal added) {
        Bounds.requireAmount(member, added, true);
        BigDecimal total = soFar.add(added);
        if (total.signum() < 0)
            throw Bounds.invalid(member, "would make the total negative: " + total.toPlainString());
        Bounds.requireAmount(member, total, false);
        return total;
    }

    private static List<TaskEvent> comment(
            TaskState task, CommentOnTask command, Decision decision) {
        Bounds.requireText("text", command.text(), Bounds.MAX_TEXT);
        return List.of(
                new TaskCommented(
                        task.taskId(),
                        task.projectId(),
                        decision.commandId().toString(),
                        new Personal.Clear(decision.actor(), command.text())));
    }

    private static List<TaskEvent> flagOverdue(TaskState task, FlagTaskOverdue command) {
        LocalDateTime finish = command.plannedFinish();
        boolean overdue =
                task.isOpen()
                        && !task.summary()
                        && finish.equals(task.plan().finish())
                        && finish.toLocalDate().isBefore(command.businessDate());
        return !overdue || finish.equals(task.flaggedFinish())
                ? List.of()
                : List.of(
                        new TaskFlaggedOverdue(
                                task.taskId(), task.projectId(), finish, command.businessDate()));
    }
}
