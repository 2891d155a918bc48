package io.pms.projection.runtime;

import io.pms.entry.JsonEventTypes;
import io.pms.entry.PersonIds;
import io.pms.event.Event;
import io.pms.event.PersonEvent.PersonErased;
import io.pms.event.PersonEvent.PersonRegistered;
import io.pms.event.PersonEvent.PersonRenamed;
import io.pms.event.Personal;
import io.pms.event.ProjectEvent.ProjectArchived;
import io.pms.event.ProjectEvent.ProjectCreated;
import io.pms.event.ProjectEvent.ProjectDatesPlanned;
import io.pms.event.ProjectEvent.ProjectRenamed;
import io.pms.event.ProjectEvent.ProjectSourceRecorded;
import io.pms.event.ProjectEvent.ProjectWorkflowDefined;
import io.pms.event.SourceAttribute;
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
import io.pms.event.TaskPlan.Link;
import io.pms.event.TaskPlan.Predecessor;
import io.pms.event.Workflow;
import io.pms.log.NewEvent;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Events that commands could have led to, of every type, drawn from a seed. */
final class RandomHistory {
    static final List<String> TENANTS =
            List.of("acme", "a:b", "3:a", "b", "a", "größe@x", "{tasks:1:0}:", "*");
    static final List<String> PEOPLE =
            List.of("ann", "bob", "bob:open", "s:bob", "ann:open:open", "p:1", "a.b@c");
    private static final List<String> STATUSES =
            List.of("To do", "Done", "open", "s:open", "größer", "a:b:c");
    private static final String[] WORDS = {
        "Brücke", "dig", "DIG", "zeta\0nul", "🚧 Baustelle", "x".repeat(79) + "🚧", "a", "Ω", "1.10"
    };

    private final Random random;
    private final JsonEventTypes types = new JsonEventTypes();
    private final List<Aggregate> projects = new ArrayList<>();
    private final List<Aggregate> tasks = new ArrayList<>();
    private final List<Aggregate> people = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();

    /** What must be known of an aggregate to say what happens to it next. */
    private static final class Aggregate {
        final String id;
        final String tenant;
        final String project;
        String name = "";
        String status = "";
        String wbs;
        TaskPlan plan = TaskPlan.EMPTY;
        List<String> assignees = List.of();
        boolean closed;

        Aggregate(String id, String tenant, String project) {
            this.id = id;
            this.tenant = tenant;
            this.project = project;
        }
    }

    RandomHistory(Random random) {
        this.random = random;
    }

    List<NewEvent> next(int count) {
        List<NewEvent> events = new ArrayList<>();
        while (events.size() < count) events.add(next());
        return events;
    }

    NewEvent next() {
        int dice = random.nextInt(100);
        if (projects.isEmpty() || dice < 2) return createProject();
        if (tasks.isEmpty() || dice < 12) return createTask();
        if (people.isEmpty() || dice < 15) return registerPerson();
        if (dice < 18) return aboutPerson(pick(people));
        if (dice < 24) return aboutProject(pick(projects));
        return aboutTask(pick(tasks));
    }

    private NewEvent createProject() {
        Aggregate project = new Aggregate(id(), pick(TENANTS), "");
        projects.add(project);
        project.name = text();
        return event(project, new ProjectCreated(project.id, project.name, Workflow.DEFAULT));
    }

    private NewEvent createTask() {
        Aggregate project = pick(projects);
        Aggregate task = new Aggregate(id(), project.tenant, project.id);
        tasks.add(task);
        task.name = text();
        task.wbs = wbs();
        task.status = pick(STATUSES);
        task.plan = plan();
        return event(
                task,
                new TaskCreated(
                        task.id,
                        task.project,
                        task.name,
                        task.wbs,
                        random.nextBoolean() ? null : id(),
                        random.nextInt(5) == 0,
                        task.status,
                        isFinal(task.status),
                        task.plan,
                        attributes()));
    }

    private NewEvent registerPerson() {
        Aggregate person = new Aggregate(id(), pick(TENANTS), "");
        people.add(person);
        return event(
                person,
                new PersonRegistered(
                        person.id,
                        personal(person.id),
                        random.nextBoolean() ? null : personal(person.id)));
    }

    private NewEvent aboutPerson(Aggregate person) {
        if (random.nextInt(4) == 0 && people.size() > 1) {
            people.remove(person); // nothing is said of them any more
            String record = PersonIds.erasureId(person.tenant, person.id);
            Aggregate erasure = new Aggregate(record, person.tenant, "");
            return event(erasure, new PersonErased(record, person.id));
        }
        return event(
                person, new PersonRenamed(person.id, personal(person.id), personal(person.id)));
    }

    private NewEvent aboutProject(Aggregate project) {
        String id = project.id;
        return event(
                project,
                switch (random.nextInt(5)) {
                    case 0 -> new ProjectRenamed(id, project.name, project.name = text());
                    case 1 -> new ProjectWorkflowDefined(id, Workflow.DEFAULT, Workflow.DEFAULT);
                    case 2 -> new ProjectDatesPlanned(id, date(), date(), date(), date());
                    case 3 -> new ProjectSourceRecorded(id, 1, 1, attributes());
                    default -> new ProjectArchived(id);
                });
    }

    private NewEvent aboutTask(Aggregate task) {
        String id = task.id;
        String project = task.project;
        return event(
                task,
                switch (random.nextInt(11)) {
                    case 0 -> new TaskRenamed(id, project, task.name, task.name = text());
                    case 1 ->
                            new TaskReplanned(
                                    id,
                                    project,
                                    task.wbs,
                                    task.wbs = wbs(),
                                    task.plan,
                                    task.plan = plan());
                    case 2 ->
                            new TaskAssigned(
                                    id, project, task.assignees, task.assignees = people());
                    case 3, 4 -> moved(task, pick(STATUSES));
                    case 5 -> new TaskProgressReported(id, project, percent(), percent());
                    case 6 -> new TaskEffortReported(id, project, amount(), amount());
                    case 7 -> new TaskCostReported(id, project, amount(), amount());
                    case 8 -> new TaskCommented(id, project, id(), personal(pick(PEOPLE)));
                    case 9 -> flagged(task);
                    default -> turned(task);
                });
    }

    private static Event moved(Aggregate task, String to) {
        return new TaskStatusChanged(
                task.id,
                task.project,
                task.status,
                isFinal(task.status),
                task.status = to,
                isFinal(to),
                List.of());
    }

    private static Event flagged(Aggregate task) {
        LocalDateTime finish = LocalDateTime.of(2026, 1, 1, 8, 0);
        if (task.plan.finish() != null) finish = task.plan.finish();
        return new TaskFlaggedOverdue(
                task.id, task.project, finish, finish.toLocalDate().plusDays(1));
    }

    private static Event turned(Aggregate task) {
        task.closed = !task.closed;
        return task.closed
                ? new TaskClosed(task.id, task.project)
                : new TaskReopened(task.id, task.project);
    }

    private static boolean isFinal(String status) {
        return status.equals("Done") || status.equals("a:b:c");
    }

    private NewEvent event(Aggregate aggregate, Event event) {
        return new NewEvent(
                null,
                types.typeOf(event),
                aggregate.id,
                sequences.merge(aggregate.id, 0L, (old, zero) -> old + 1),
                1_700_000_000_000_000L + random.nextInt(40) * 1_000_003L,
                aggregate.tenant,
                random.nextInt(10) == 0 ? null : pick(PEOPLE),
                null,
                null,
                null,
                null,
                null,
                types.write(event));
    }

    private TaskPlan plan() {
        return new TaskPlan(
                date(), date(), amountOrNull(), amountOrNull(), amountOrNull(), links());
    }

    private List<Predecessor> links() {
        return random.nextInt(4) > 0
                ? List.of()
                : List.of(new Predecessor(id(), Link.START_TO_FINISH, new BigDecimal("-1.50")));
    }

    private List<SourceAttribute> attributes() {
        return random.nextBoolean()
                ? List.of()
                : List.of(
                        new SourceAttribute("Überschrift", "string", "\"a\n\u0000b\"", List.of()));
    }

    private Personal personal(String person) {
        return random.nextInt(5) == 0
                ? new Personal.Sealed(person, "1", "bm9uY2U=", "Y2lwaGVy")
                : new Personal.Clear(person, text());
    }

    private LocalDateTime date() {
        return random.nextInt(4) == 0
                ? null
                : LocalDateTime.of(2026, 1, 1 + random.nextInt(9), 8, 0)
                        .plusSeconds(random.nextInt(3));
    }

    private BigDecimal amountOrNull() {
        return random.nextInt(4) == 0 ? null : amount();
    }

    /** Zeros, small ones, and the largest that a command may give. */
    private BigDecimal amount() {
        return switch (random.nextInt(4)) {
            case 0 -> BigDecimal.ZERO;
            case 1 ->
                    new BigDecimal("9999999999.9999")
                            .subtract(BigDecimal.valueOf(random.nextInt(99), 4));
            case 2 -> BigDecimal.valueOf(random.nextInt(100), 0).multiply(new BigDecimal("1.0"));
            default -> BigDecimal.valueOf(random.nextInt(1_000_000), 4);
        };
    }

    private BigDecimal percent() {
        return BigDecimal.valueOf(random.nextInt(10_001), 2);
    }

    private String wbs() {
        return random.nextInt(4) == 0
                ? null
                : 1
                        + random.nextInt(12)
                        + "."
                        + random.nextInt(120)
                        + (random.nextBoolean() ? "" : ".a");
    }

    private List<String> people() {
        List<String> people = new ArrayList<>(PEOPLE);
        Collections.shuffle(people, random);
        return people.subList(0, random.nextInt(4));
    }

    private String text() {
        return WORDS[random.nextInt(WORDS.length)]
                + (random.nextBoolean() ? "" : random.nextInt(3));
    }

    private String id() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
