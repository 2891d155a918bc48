package io.pms.imports.plan;

import io.pms.command.Bounds;
import io.pms.command.task.TaskCommand;
import io.pms.command.task.TaskCommand.AssignTask;
import io.pms.command.task.TaskCommand.CreateTask;
import io.pms.command.task.TaskCommand.ReportTaskCost;
import io.pms.command.task.TaskCommand.ReportTaskEffort;
import io.pms.command.task.TaskCommand.ReportTaskProgress;
import io.pms.event.SourceAttribute;
import io.pms.event.TaskPlan;
import io.pms.event.TaskPlan.Predecessor;
import io.pms.event.Workflow;
import io.pms.imports.Attributes;
import io.pms.imports.ImportIds;
import io.pms.imports.Script.Step;
import io.pms.imports.Script.Strand;
import io.pms.imports.Texts;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mpxj.ProjectFile;
import org.mpxj.ProjectProperties;
import org.mpxj.Task;

/** A plan's tasks as commands. */
final class TaskMapping {
    /**
     * The default workflow; a task of a plan may already be under way when it comes to be known.
     */
    static final Workflow WORKFLOW =
            new Workflow(
                    Workflow.DEFAULT.states(),
                    Workflow.DEFAULT.transitions(),
                    Workflow.DEFAULT.states(),
                    Workflow.DEFAULT.finals());

    /** A predecessor's JSON, at its longest. */
    private static final int PREDECESSOR_BYTES = 110;

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final ProjectProperties properties;
    private final PlanPeople people;
    private final TaskIndex index;
    private final Links links;
    private final TaskAttributes attributes;
    private final ImportIds ids;
    private final List<SourceAttribute> overflow = new ArrayList<>();

    TaskMapping(ProjectFile file, PlanPeople people, TaskIndex index, ImportIds ids) {
        this.properties = file.getProjectProperties();
        this.people = people;
        this.index = index;
        this.links = new Links(index, properties);
        this.attributes = new TaskAttributes(file, people);
        this.ids = ids;
    }

    /** The attributes that did not fit their tasks, under the tasks' ids. */
    List<SourceAttribute> overflow() {
        return List.copyOf(overflow);
    }

    Strand map(Task task, int ordinal) {
        String taskId = index.idOf(task);
        List<Step> steps = new ArrayList<>();
        steps.add(step("task", ordinal, create(task, taskId)));
        List<String> assignees = assignees(task);
        if (!assignees.isEmpty())
            steps.add(step("assignees", ordinal, new AssignTask(taskId, assignees)));
        BigDecimal percent = percent(task);
        if (percent.signum() > 0)
            steps.add(step("progress", ordinal, new ReportTaskProgress(taskId, percent)));
        BigDecimal hours = Amounts.positiveHours(task.getActualWork(), properties);
        if (hours != null && hours.signum() > 0)
            steps.add(step("effort", ordinal, new ReportTaskEffort(taskId, hours)));
        BigDecimal cost = Amounts.amount(task.getActualCost());
        if (cost != null && cost.signum() > 0)
            steps.add(step("cost", ordinal, new ReportTaskCost(taskId, cost)));
        return new Strand(steps, 0);
    }

    private Step step(String role, int ordinal, TaskCommand command) {
        return new Step(command, ids.key(role, ordinal), null, null);
    }

    private CreateTask create(Task task, String taskId) {
        Values rest = new Values(people);
        String given = task.getName() == null ? null : Texts.unicode(task.getName());
        String name = Texts.name(given);
        if (!name.equals(given)) rest.add("Name", given);
        String wbs = wbs(task, rest);
        TaskPlan plan = plan(task, rest);
        attributes.addTo(rest, task);
        return new CreateTask(
                taskId,
                ids.projectId(),
                name,
                wbs,
                index.find(task.getParentTask()),
                task.getSummary(),
                status(task),
                plan,
                fitting(taskId, rest.list(), plan.predecessors().size()));
    }

    private static @Nullable String wbs(Task task, Values rest) {
        String given = Texts.orNull(task.getWBS());
        if (given == null) return null;
        String wbs = Texts.cut(Texts.unicode(given), Bounds.MAX_WBS);
        if (!wbs.equals(given)) rest.add("WBS", given);
        return wbs;
    }

    private TaskPlan plan(Task task, Values rest) {
        LocalDateTime start =
                first(task.getStart(), task.getPlannedStart(), task.getBaselineStart());
        LocalDateTime finish =
                first(task.getFinish(), task.getPlannedFinish(), task.getBaselineFinish());
        if (start != null && finish != null && finish.isBefore(start)) {
            rest.add("Finish", finish);
            finish = null;
        }
        BigDecimal duration = Amounts.positiveHours(task.getDuration(), properties);
        if (duration == null) rest.add("Duration", task.getDuration());
        BigDecimal cost = Amounts.amount(task.getCost());
        if (cost == null) rest.add("Cost", task.getCost());
        BigDecimal effort = Amounts.positiveHours(task.getWork(), properties);
        if (effort == null) rest.add("Work", task.getWork());
        List<Predecessor> predecessors = links.of(task, rest, people);
        return new TaskPlan(start, finish, duration, cost, effort, predecessors);
    }

    private static @Nullable LocalDateTime first(@Nullable LocalDateTime... times) {
        for (LocalDateTime time : times) if (time != null) return time;
        return null;
    }

    private static String status(Task task) {
        List<String> states = WORKFLOW.states();
        BigDecimal percent = percent(task);
        if (task.getActualFinish() != null || percent.compareTo(HUNDRED) == 0)
            return states.getLast();
        return task.getActualStart() != null || percent.signum() > 0
                ? states.get(1)
                : states.getFirst();
    }

    private static BigDecimal percent(Task task) {
        return Amounts.percent(task.getPercentageComplete());
    }

    /** Everybody who is assigned, once; the attributes tell of those beyond the bound. */
    private List<String> assignees(Task task) {
        return task.getResourceAssignments().stream()
                .map(assignment -> people.idOf(assignment.getResource()))
                .filter(Objects::nonNull)
                .distinct()
                .limit(Bounds.MAX_ASSIGNEES)
                .toList();
    }

    /** As many attributes as fit the task's event; the others go with the project. */
    private List<SourceAttribute> fitting(
            String taskId, List<SourceAttribute> all, int predecessors) {
        long room = Attributes.MAX_BYTES - (long) predecessors * PREDECESSOR_BYTES;
        List<SourceAttribute> fitting = new ArrayList<>();
        List<SourceAttribute> others = new ArrayList<>();
        for (SourceAttribute attribute : all) {
            long bytes = Attributes.bytes(List.of(attribute));
            (bytes <= room ? fitting : others).add(attribute);
            if (bytes <= room) room -= bytes;
        }
        if (!others.isEmpty()) overflow.add(new SourceAttribute(taskId, "task", null, others));
        return fitting;
    }
}
