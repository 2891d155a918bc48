package io.pms.bench;

import io.pms.event.Personal;
import io.pms.event.TaskEvent;
import io.pms.event.TaskEvent.TaskAssigned;
import io.pms.event.TaskEvent.TaskCommented;
import io.pms.event.TaskEvent.TaskCostReported;
import io.pms.event.TaskEvent.TaskCreated;
import io.pms.event.TaskEvent.TaskEffortReported;
import io.pms.event.TaskEvent.TaskProgressReported;
import io.pms.event.TaskEvent.TaskRenamed;
import io.pms.event.TaskEvent.TaskReplanned;
import io.pms.event.TaskEvent.TaskStatusChanged;
import io.pms.event.TaskPlan;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * A task from its creation to its last event. It is assigned first; then people move it to and fro,
 * report on it, talk about it, plan it again. Two of three end by being done. For one thread.
 */
final class TaskLife {
    private static final LocalDateTime FIRST_DAY = LocalDateTime.of(2026, 1, 5, 8, 0);

    private final String id;
    private final String project;
    private final int number;
    private final int people;
    private final int events;
    private final String wbs;
    private String name;
    private TaskPlan plan;
    private String status = "To do";
    private List<String> assignees = List.of();
    private BigDecimal percent = BigDecimal.ZERO;
    private BigDecimal hours = BigDecimal.ZERO;
    private BigDecimal cost = BigDecimal.ZERO;
    private long sequence;

    TaskLife(String id, String project, int number, TaskHistory.Shape shape, Random random) {
        int spread = shape.eventsATask() * 2 / 5;
        this.id = id;
        this.project = project;
        this.number = number;
        this.people = shape.people();
        this.events = shape.eventsATask() - spread + random.nextInt(2 * spread + 1);
        this.wbs = "%d.%d.%d".formatted(1 + number % 9, 1 + random.nextInt(20), 1 + number);
        this.name = name(random);
        this.plan = plan(random);
    }

    /** That of the event that comes next. */
    long nextSequence() {
        return sequence;
    }

    boolean isOver() {
        return sequence >= events;
    }

    TaskEvent created() {
        sequence++;
        return new TaskCreated(id, project, name, wbs, null, false, status, false, plan, List.of());
    }

    TaskEvent next(Random random) {
        sequence++;
        if (sequence == 2) return assigned(random);
        if (isOver() && random.nextInt(3) > 0) return moved("Done");
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5 -> moved(status.equals("To do") ? "In progress" : "To do");
            case 6, 7, 8, 9 -> progress(random);
            case 10, 11 -> effort(random);
            case 12, 13 -> cost(random);
            case 14, 15 -> assigned(random);
            case 16, 17 -> commented(random);
            case 18 -> renamed(random);
            default -> replanned(random);
        };
    }

    private TaskEvent moved(String to) {
        String from = status;
        status = to;
        return new TaskStatusChanged(id, project, from, false, to, to.equals("Done"), List.of());
    }

    private TaskEvent progress(Random random) {
        BigDecimal from = percent;
        percent = BigDecimal.valueOf(random.nextInt(1_000), 1);
        return new TaskProgressReported(id, project, from, percent);
    }

    private TaskEvent effort(Random random) {
        BigDecimal from = hours;
        hours = hours.add(BigDecimal.valueOf(1 + random.nextInt(80), 1));
        return new TaskEffortReported(id, project, from, hours);
    }

    private TaskEvent cost(Random random) {
        BigDecimal from = cost;
        cost = cost.add(BigDecimal.valueOf(1 + random.nextInt(500_000), 2));
        return new TaskCostReported(id, project, from, cost);
    }

    private TaskEvent assigned(Random random) {
        List<String> from = assignees;
        int first = random.nextInt(people);
        assignees =
                random.nextBoolean()
                        ? List.of(TaskHistory.person(first))
                        : List.of(
                                TaskHistory.person(first),
                                TaskHistory.person((first + 1) % people));
        return new TaskAssigned(id, project, from, assignees);
    }

    private TaskEvent commented(Random random) {
        String comment = new UUID(random.nextLong(), random.nextLong()).toString();
        String author = TaskHistory.person(random.nextInt(people));
        return new TaskCommented(
                id,
                project,
                comment,
                new Personal.Clear(author, "The concrete needs two more days, see the report."));
    }

    private TaskEvent renamed(Random random) {
        String from = name;
        name = name(random);
        return new TaskRenamed(id, project, from, name);
    }

    private TaskEvent replanned(Random random) {
        TaskPlan from = plan;
        plan = plan(random);
        return new TaskReplanned(id, project, wbs, wbs, from, plan);
    }

    private String name(Random random) {
        return "Lay the foundations of axis %d-%d".formatted(1 + random.nextInt(500), number);
    }

    private static TaskPlan plan(Random random) {
        int days = 1 + random.nextInt(20);
        LocalDateTime start = FIRST_DAY.plusDays(random.nextInt(700));
        return new TaskPlan(
                start,
                start.plusDays(days).plusHours(9),
                BigDecimal.valueOf(8L * days),
                BigDecimal.valueOf(100L * (1 + random.nextInt(900))),
                BigDecimal.valueOf(8L * days * (1 + random.nextInt(4))),
                List.of());
    }
}
