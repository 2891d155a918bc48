package io.pms.command.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import io.pms.event.SourceAttribute;
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
import io.pms.event.TaskPlan.Link;
import io.pms.event.TaskPlan.Predecessor;
import io.pms.event.Workflow;
import io.pms.event.Workflow.Transition;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TaskDeciderTest {
    private static final String ID = "00000000-0000-0000-0000-0000000000bb";
    private static final String PROJECT = "00000000-0000-0000-0000-0000000000aa";
    private static final String OTHER = "00000000-0000-0000-0000-0000000000cc";
    private static final Decision DECISION = new Decision(new UUID(1, 2), "acme", "ann");

    /**
     * "Open" leads to itself and "Shut"; a task may start in "Open" or, done at once, in "Shut".
     */
    private static final Workflow WORKFLOW =
            new Workflow(
                    List.of("Open", "Shut"),
                    List.of(new Transition("Open", "Open"), new Transition("Open", "Shut")),
                    List.of("Open", "Shut"),
                    List.of("Shut"));

    private static final ProjectState ACTIVE =
            new ProjectState(PROJECT, "acme", "Bridge", WORKFLOW, null, null, false);
    private static final ProjectState ARCHIVED =
            new ProjectState(PROJECT, "acme", "Bridge", WORKFLOW, null, null, true);

    private static final List<SourceAttribute> ATTRIBUTES =
            List.of(new SourceAttribute("lifecycle", "string", "Queued", List.of()));
    private static final TaskCreated CREATED = created("Dig", null, TaskPlan.EMPTY);
    private static final TaskClosed CLOSED = new TaskClosed(ID, PROJECT);
    private static final LocalDateTime MONDAY = LocalDateTime.parse("2026-01-05T08:00");
    private static final LocalDateTime FRIDAY = LocalDateTime.parse("2026-01-09T17:00");
    private static final TaskPlan PLAN =
            new TaskPlan(
                    MONDAY,
                    FRIDAY,
                    decimal("40"),
                    decimal("9999999999.9999"),
                    decimal("0.5"),
                    List.of(new Predecessor(OTHER, Link.START_TO_START, decimal("-8"))));

    /** A task of a project, to which these events have happened. */
    private record Given(ProjectState project, TaskEvent... events) {
        When when(TaskCommand command) {
            return new When(this, command);
        }

        List<? extends TaskEvent> decide(TaskCommand command) {
            if (events.length == 0)
                return List.of(TaskDecider.create((CreateTask) command, project));
            TaskState state = TaskState.created((TaskCreated) events[0]);
            for (TaskEvent event : events) state = state.after(event);
            return TaskDecider.decide(state, command, project, DECISION);
        }
    }

    private record When(Given given, TaskCommand command) {
        void then(TaskEvent... expected) {
            assertThat(given.decide(command)).isEqualTo(List.of(expected));
        }

        void thenNothing() {
            then();
        }

        void thenRefused(Rule rule, String... parts) {
            Refused refused = catchThrowableOfType(Refused.class, () -> given.decide(command));
            assertThat(refused).as("refused: %s", command).isNotNull();
            assertThat(refused.rule()).isEqualTo(rule);
            for (String part : parts) assertThat(refused).hasMessageContaining(part);
        }
    }

    private static Given given(TaskEvent... events) {
        return new Given(ACTIVE, events);
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }

    private static String text(int length) {
        return "x".repeat(length);
    }

    private static TaskCreated created(String name, String wbs, TaskPlan plan) {
        return new TaskCreated(ID, PROJECT, name, wbs, null, false, "Open", false, plan, List.of());
    }

    private static CreateTask create(String name, String wbs, TaskPlan plan) {
        return new CreateTask(ID, PROJECT, name, wbs, null, false, null, plan, List.of());
    }

    private static TaskPlan dates(LocalDateTime start, LocalDateTime finish) {
        return new TaskPlan(start, finish, null, null, null, List.of());
    }

    private static TaskPlan after(Predecessor... predecessors) {
        return new TaskPlan(null, null, null, null, null, List.of(predecessors));
    }

    private static Predecessor predecessor(String taskId, String lagHours) {
        return new Predecessor(taskId, Link.FINISH_TO_START, decimal(lagHours));
    }

    private static Predecessor[] predecessors(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> predecessor(new UUID(7, i).toString(), "0"))
                .toArray(Predecessor[]::new);
    }

    /** Plans that neither a new task nor an existing one may have, and what the refusal names. */
    private static final Map<TaskPlan, String> IMPOSSIBLE_PLANS =
            Map.ofEntries(
                    Map.entry(dates(FRIDAY, MONDAY), "plan.finish is before plan.start"),
                    Map.entry(amounts("-1", "0", "0"), "plan.durationHours is negative"),
                    Map.entry(amounts("0", "-0.01", "0"), "plan.cost is negative"),
                    Map.entry(amounts("0", "0", "-1"), "plan.effortHours is negative"),
                    Map.entry(amounts("0.00001", "0", "0"), "plan.durationHours has more than 4"),
                    Map.entry(amounts("0", "10000000000.1", "0"), "plan.cost is beyond"),
                    Map.entry(amounts("0", "0", "1E+11"), "plan.effortHours is beyond"),
                    Map.entry(amounts("0", "1E+999999999", "0"), "plan.cost"),
                    Map.entry(amounts("0", "1E-999999999", "0"), "plan.cost"),
                    Map.entry(amounts("0", "0E-999999999", "0"), "plan.cost"),
                    Map.entry(after(predecessors(501)), "plan.predecessors has 501 members"),
                    Map.entry(
                            after(predecessor(OTHER, "0"), predecessor(OTHER, "1")),
                            "plan.predecessors lists something twice"),
                    Map.entry(after(predecessor(ID, "0")), "names the task itself"),
                    Map.entry(after(predecessor("1", "0")), "plan.predecessors.taskId"),
                    Map.entry(after(predecessor(OTHER, "0.00001")), "plan.predecessors.lagHours"));

    private static TaskPlan amounts(String durationHours, String cost, String effortHours) {
        return new TaskPlan(
                null, null, decimal(durationHours), decimal(cost), decimal(effortHours), List.of());
    }

    @Nested
    class CreatingATask {
        @Test
        void startsInTheFirstInitialStateWithAnOpenPlan() {
            given().when(create("Dig", null, null)).then(CREATED);
        }

        @Test
        void keepsEverythingThatIsGiven() {
            given().when(
                            new CreateTask(
                                    ID,
                                    PROJECT,
                                    "Dig",
                                    "1.2",
                                    OTHER,
                                    true,
                                    "Shut",
                                    PLAN,
                                    ATTRIBUTES))
                    .then(
                            new TaskCreated(
                                    ID,
                                    PROJECT,
                                    "Dig",
                                    "1.2",
                                    OTHER,
                                    true,
                                    "Shut",
                                    true,
                                    PLAN,
                                    ATTRIBUTES));
        }

        @Test
        void takesTheLongestTextsAndTheMostPredecessors() {
            TaskPlan plan = after(predecessors(500));
            given().when(create(text(500), text(200), plan))
                    .then(created(text(500), text(200), plan));
        }

        @Test
        void isRefusedWhenItExists() {
            given(CREATED).when(create("Dig", null, null)).thenRefused(Rule.ALREADY_EXISTS);
        }

        @Test
        void isRefusedWhenTheProjectIsArchived() {
            new Given(ARCHIVED).when(create("Dig", null, null)).thenRefused(Rule.PROJECT_ARCHIVED);
        }

        @Test
        void isRefusedInAStateThatIsNotInitial() {
            given().when(
                            new CreateTask(
                                    ID, PROJECT, "Dig", null, null, false, "Nowhere", null,
                                    List.of()))
                    .thenRefused(Rule.ILLEGAL_TRANSITION, "\"Nowhere\"", "[Open, Shut]");
        }

        @Test
        void isRefusedWhenAnIdIsNotAUuidInLowerCase() {
            given().when(
                            new CreateTask(
                                    "1", PROJECT, "Dig", null, null, false, null, null, List.of()))
                    .thenRefused(Rule.INVALID_VALUE, "taskId");
            given().when(
                            new CreateTask(
                                    ID, PROJECT, "Dig", null, "1", false, null, null, List.of()))
                    .thenRefused(Rule.INVALID_VALUE, "parentId");
        }

        @Test
        void isRefusedWhenANameOrAPlaceIsBlankOrTooLong() {
            for (String name : List.of("", " ", text(501)))
                given().when(create(name, null, null)).thenRefused(Rule.INVALID_VALUE, "name");
            for (String wbs : List.of("", " ", text(201)))
                given().when(create("Dig", wbs, null)).thenRefused(Rule.INVALID_VALUE, "wbs");
        }

        @Test
        void isRefusedWithAnImpossiblePlan() {
            IMPOSSIBLE_PLANS.forEach((plan, detail) ->
                    given().when(create("Dig", null, plan))
                            .thenRefused(Rule.INVALID_VALUE, detail));
        }
    }

    @Nested
    class RenamingATask {
        @Test
        void saysFromAndTo() {
            given(CREATED, new TaskRenamed(ID, PROJECT, "Dig", "Dig deep"))
                    .when(new RenameTask(ID, "Fill"))
                    .then(new TaskRenamed(ID, PROJECT, "Dig deep", "Fill"));
        }

        @Test
        void changesNothingWhenItHasTheName() {
            given(CREATED).when(new RenameTask(ID, "Dig")).thenNothing();
        }

        @Test
        void isRefusedWhenTheNameIsBlankOrTooLong() {
            for (String name : List.of("", " ", text(501)))
                given(CREATED)
                        .when(new RenameTask(ID, name))
                        .thenRefused(Rule.INVALID_VALUE, "name");
        }
    }

    @Nested
    class ReplanningATask {
        @Test
        void saysFromAndTo() {
            given(CREATED, new TaskReplanned(ID, PROJECT, null, "1", TaskPlan.EMPTY, PLAN))
                    .when(new ReplanTask(ID, null, dates(null, FRIDAY)))
                    .then(new TaskReplanned(ID, PROJECT, "1", null, PLAN, dates(null, FRIDAY)));
        }

        @Test
        void movesItWithinTheStructureAlone() {
            given(CREATED)
                    .when(new ReplanTask(ID, "1", TaskPlan.EMPTY))
                    .then(
                            new TaskReplanned(
                                    ID, PROJECT, null, "1", TaskPlan.EMPTY, TaskPlan.EMPTY));
        }

        @Test
        void changesNothingWhenItIsTheSame() {
            given(created("Dig", "1", PLAN)).when(new ReplanTask(ID, "1", PLAN)).thenNothing();
        }

        @Test
        void isRefusedWithAnImpossiblePlan() {
            IMPOSSIBLE_PLANS.forEach((plan, detail) ->
                    given(CREATED)
                            .when(new ReplanTask(ID, null, plan))
                            .thenRefused(Rule.INVALID_VALUE, detail));
        }

        @Test
        void isRefusedWhenThePlaceIsBlankOrTooLong() {
            for (String wbs : List.of("", " ", text(201)))
                given(CREATED)
                        .when(new ReplanTask(ID, wbs, TaskPlan.EMPTY))
                        .thenRefused(Rule.INVALID_VALUE, "wbs");
        }
    }

    @Nested
    class AssigningATask {
        @Test
        void saysFromAndToInTheOrderOfTheCommand() {
            given(CREATED, new TaskAssigned(ID, PROJECT, List.of(), List.of("ann")))
                    .when(new AssignTask(ID, List.of("bob@site.org", "ann")))
                    .then(
                            new TaskAssigned(
                                    ID, PROJECT, List.of("ann"), List.of("bob@site.org", "ann")));
        }

        @Test
        void mayLeaveItToNobody() {
            given(CREATED, new TaskAssigned(ID, PROJECT, List.of(), List.of("ann")))
                    .when(new AssignTask(ID, List.of()))
                    .then(new TaskAssigned(ID, PROJECT, List.of("ann"), List.of()));
        }

        @Test
        void changesNothingWhenTheyAreTheSame() {
            given(CREATED).when(new AssignTask(ID, List.of())).thenNothing();
        }

        @Test
        void isRefusedWhenOneIsNotAPersonsId() {
            for (String person : List.of("", "Ann Smith", "ann\n", text(65)))
                given(CREATED)
                        .when(new AssignTask(ID, List.of("bob", person)))
                        .thenRefused(Rule.INVALID_VALUE, "assignees");
        }

        @Test
        void isRefusedForTheSamePersonTwiceOrMoreThanAHundred() {
            given(CREATED)
                    .when(new AssignTask(ID, List.of("ann", "ann")))
                    .thenRefused(Rule.INVALID_VALUE, "assignees", "twice");
            List<String> crowd = IntStream.range(0, 101).mapToObj(i -> "p" + i).toList();
            given(CREATED)
                    .when(new AssignTask(ID, crowd))
                    .thenRefused(Rule.INVALID_VALUE, "assignees", "101", "100");
        }
    }

    @Nested
    class ChangingTheStatus {
        private static final TaskStatusChanged SHUT =
                new TaskStatusChanged(ID, PROJECT, "Open", false, "Shut", true, List.of());

        private static ChangeTaskStatus to(String status) {
            return new ChangeTaskStatus(ID, status, List.of());
        }

        @Test
        void movesAlongTheWorkflow() {
            given(CREATED).when(to("Shut")).then(SHUT);
        }

        @Test
        void confirmsAStateWhereTheWorkflowLeadsToItself() {
            given(CREATED)
                    .when(new ChangeTaskStatus(ID, "Open", ATTRIBUTES))
                    .then(
                            new TaskStatusChanged(
                                    ID, PROJECT, "Open", false, "Open", false, ATTRIBUTES));
        }

        @Test
        void isRefusedWhereTheWorkflowDoesNotLead() {
            given(CREATED, SHUT)
                    .when(to("Open"))
                    .thenRefused(Rule.ILLEGAL_TRANSITION, "\"Shut\"", "\"Open\"", "[]");
            given(CREATED, SHUT).when(to("Shut")).thenRefused(Rule.ILLEGAL_TRANSITION);
            given(CREATED)
                    .when(to("Nowhere"))
                    .thenRefused(Rule.ILLEGAL_TRANSITION, "\"Nowhere\"", "[Open, Shut]");
        }
    }

    @Nested
    class ReportingProgress {
        private static TaskProgressReported progress(String from, String to) {
            return new TaskProgressReported(ID, PROJECT, decimal(from), decimal(to));
        }

        private static ReportTaskProgress report(String percent) {
            return new ReportTaskProgress(ID, decimal(percent));
        }

        @Test
        void saysFromAndToAlsoBackwards() {
            given(CREATED).when(report("33.33")).then(progress("0", "33.33"));
            given(CREATED, progress("0", "100")).when(report("0")).then(progress("100", "0"));
        }

        @Test
        void changesNothingWhenItIsAsFar() {
            given(CREATED, progress("0", "50")).when(report("50.00")).thenNothing();
        }

        @Test
        void isRefusedBeyondItsBounds() {
            for (String percent :
                    List.of(
                            "-0.01",
                            "100.01",
                            "33.333",
                            "1E+999999999",
                            "1E-999999999",
                            "0E-999999999"))
                given(CREATED, progress("0", "50"))
                        .when(report(percent))
                        .thenRefused(Rule.INVALID_VALUE, "percent");
        }
    }

    @Nested
    class ReportingEffort {
        private static TaskEffortReported effort(String from, String to) {
            return new TaskEffortReported(ID, PROJECT, decimal(from), decimal(to));
        }

        private static ReportTaskEffort report(String hours) {
            return new ReportTaskEffort(ID, decimal(hours));
        }

        @Test
        void addsToWhatIsReported() {
            given(CREATED, effort("0", "8")).when(report("0.25")).then(effort("8", "8.25"));
        }

        @Test
        void correctsDownToZero() {
            given(CREATED, effort("0", "8")).when(report("-8")).then(effort("8", "0"));
        }

        @Test
        void changesNothingForNoHours() {
            given(CREATED).when(report("0.0")).thenNothing();
        }

        @Test
        void isRefusedBelowZeroWithManyDecimalsOrBeyondTheLargestAmount() {
            given(CREATED, effort("0", "8"))
                    .when(report("-8.25"))
                    .thenRefused(Rule.INVALID_VALUE, "hours", "negative", "-0.25");
            given(CREATED)
                    .when(report("0.00001"))
                    .thenRefused(Rule.INVALID_VALUE, "hours", "4 decimals");
            given(CREATED, effort("0", "9999999999"))
                    .when(report("1.5"))
                    .thenRefused(Rule.INVALID_VALUE, "hours", "beyond");
            for (String hours : List.of("1E+999999999", "1E-999999999", "0E-999999999"))
                given(CREATED).when(report(hours)).thenRefused(Rule.INVALID_VALUE, "hours");
        }
    }

    @Nested
    class ReportingCost {
        private static TaskCostReported cost(String from, String to) {
            return new TaskCostReported(ID, PROJECT, decimal(from), decimal(to));
        }

        private static ReportTaskCost report(String cost) {
            return new ReportTaskCost(ID, decimal(cost));
        }

        @Test
        void addsToWhatIsReported() {
            given(CREATED, cost("0", "100")).when(report("12.5")).then(cost("100", "112.5"));
        }

        @Test
        void correctsDownToZero() {
            given(CREATED, cost("0", "100")).when(report("-100")).then(cost("100", "0"));
        }

        @Test
        void changesNothingForNoMoney() {
            given(CREATED).when(report("0")).thenNothing();
        }

        @Test
        void isRefusedBelowZeroWithManyDecimalsOrBeyondTheLargestAmount() {
            given(CREATED)
                    .when(report("-1"))
                    .thenRefused(Rule.INVALID_VALUE, "cost", "negative", "-1");
            given(CREATED)
                    .when(report("0.00001"))
                    .thenRefused(Rule.INVALID_VALUE, "cost", "4 decimals");
            given(CREATED, cost("0", "10000000000"))
                    .when(report("0.0001"))
                    .thenRefused(Rule.INVALID_VALUE, "cost", "beyond");
        }
    }

    @Nested
    class Commenting {
        @Test
        void isPersonalToWhoActsAndHasTheCommandsId() {
            given(CREATED).when(new CommentOnTask(ID, "hard ground")).then(comment("hard ground"));
        }

        @Test
        void isPossibleOnAClosedTask() {
            given(CREATED, CLOSED)
                    .when(new CommentOnTask(ID, text(10_000)))
                    .then(comment(text(10_000)));
        }

        @Test
        void isRefusedWhenTheTextIsBlankOrTooLong() {
            for (String text : List.of("", "\n", text(10_001)))
                given(CREATED)
                        .when(new CommentOnTask(ID, text))
                        .thenRefused(Rule.INVALID_VALUE, "text");
        }

        private static TaskCommented comment(String text) {
            return new TaskCommented(
                    ID, PROJECT, DECISION.commandId().toString(), new Personal.Clear("ann", text));
        }
    }

    @Nested
    class ClosingAndReopening {
        private static final TaskReopened REOPENED = new TaskReopened(ID, PROJECT);

        @Test
        void endsTheWorkAndBeginsItAgain() {
            given(CREATED).when(new CloseTask(ID)).then(CLOSED);
            given(CREATED, CLOSED).when(new ReopenTask(ID)).then(REOPENED);
            given(CREATED, CLOSED, REOPENED).when(new CloseTask(ID)).then(CLOSED);
        }

        @Test
        void changesNothingWhenItIsSoAlready() {
            given(CREATED, CLOSED).when(new CloseTask(ID)).thenNothing();
            given(CREATED).when(new ReopenTask(ID)).thenNothing();
        }

        @Test
        void makesAClosedTaskRefuseWork() {
            for (TaskCommand command : work())
                given(CREATED, CLOSED).when(command).thenRefused(Rule.TASK_CLOSED, "reopen");
        }

        @Test
        void keepsWhatWasReachedBefore() {
            given(
                            CREATED,
                            new TaskEffortReported(ID, PROJECT, decimal("0"), decimal("8")),
                            CLOSED,
                            REOPENED)
                    .when(new ReportTaskEffort(ID, decimal("1")))
                    .then(new TaskEffortReported(ID, PROJECT, decimal("8"), decimal("9")));
        }
    }

    @Nested
    class InAnArchivedProject {
        @Test
        void isEverythingRefused() {
            List<TaskCommand> commands = new ArrayList<>(work());
            commands.add(new CommentOnTask(ID, "too late"));
            commands.add(new CloseTask(ID));
            commands.add(new ReopenTask(ID));
            commands.add(new FlagTaskOverdue(ID, FRIDAY, FRIDAY.toLocalDate().plusDays(1)));
            for (TaskCommand command : commands)
                new Given(ARCHIVED, CREATED).when(command).thenRefused(Rule.PROJECT_ARCHIVED);
        }
    }

    private static List<TaskCommand> work() {
        return List.of(
                create("Dig", null, null),
                new RenameTask(ID, "Fill"),
                new ReplanTask(ID, "1", PLAN),
                new AssignTask(ID, List.of("ann")),
                new ChangeTaskStatus(ID, "Shut", List.of()),
                new ReportTaskProgress(ID, BigDecimal.TEN),
                new ReportTaskEffort(ID, BigDecimal.TEN),
                new ReportTaskCost(ID, BigDecimal.TEN));
    }

    @Nested
    class FlaggingAsOverdue {
        private static final LocalDate SATURDAY = FRIDAY.toLocalDate().plusDays(1);
        private static final LocalDateTime NEXT_FRIDAY = FRIDAY.plusDays(7);
        private static final TaskCreated PLANNED = created("Dig", null, PLAN);
        private static final TaskFlaggedOverdue FLAGGED = flagged(FRIDAY);
        private static final FlagTaskOverdue FLAG = new FlagTaskOverdue(ID, FRIDAY, SATURDAY);

        private static TaskFlaggedOverdue flagged(LocalDateTime finish) {
            return new TaskFlaggedOverdue(ID, PROJECT, finish, finish.toLocalDate().plusDays(1));
        }

        private static TaskReplanned replanned(LocalDateTime from, LocalDateTime to) {
            return new TaskReplanned(
                    ID, PROJECT, null, null, dates(MONDAY, from), dates(MONDAY, to));
        }

        private static TaskStatusChanged moved(boolean fromFinal, boolean toFinal) {
            return new TaskStatusChanged(
                    ID,
                    PROJECT,
                    fromFinal ? "Shut" : "Open",
                    fromFinal,
                    toFinal ? "Shut" : "Open",
                    toFinal,
                    List.of());
        }

        @Test
        void happensOnTheDayAfterThePlannedFinish() {
            given(PLANNED).when(FLAG).then(FLAGGED);
            given(PLANNED)
                    .when(new FlagTaskOverdue(ID, FRIDAY, FRIDAY.toLocalDate()))
                    .thenNothing();
        }

        @Test
        void happensOnceForAPlannedFinish() {
            given(PLANNED, FLAGGED).when(FLAG).thenNothing();
            given(PLANNED, FLAGGED, moved(false, true), moved(true, false), CLOSED)
                    .when(FLAG)
                    .thenNothing();
        }

        @Test
        void happensAgainForAnotherPlannedFinish() {
            FlagTaskOverdue flag =
                    new FlagTaskOverdue(ID, NEXT_FRIDAY, NEXT_FRIDAY.toLocalDate().plusDays(1));
            given(PLANNED, FLAGGED, replanned(FRIDAY, NEXT_FRIDAY))
                    .when(flag)
                    .then(flagged(NEXT_FRIDAY));
        }

        @Test
        void doesNotHappenWhenAnotherFinishIsPlannedByNow() {
            given(PLANNED, replanned(FRIDAY, NEXT_FRIDAY)).when(FLAG).thenNothing();
            given(PLANNED, replanned(FRIDAY, null)).when(FLAG).thenNothing();
            given(CREATED).when(FLAG).thenNothing();
        }

        @Test
        void doesNotHappenToATaskThatIsDoneOrClosedOrOnlyGroupsOthers() {
            TaskCreated summary =
                    new TaskCreated(
                            ID, PROJECT, "Dig", null, null, true, "Open", false, PLAN, List.of());
            given(PLANNED, moved(false, true)).when(FLAG).thenNothing();
            given(PLANNED, CLOSED).when(FLAG).thenNothing();
            given(summary).when(FLAG).thenNothing();
        }

        @Test
        void happensToATaskThatWasReopened() {
            given(PLANNED, moved(false, true), moved(true, false)).when(FLAG).then(FLAGGED);
            given(PLANNED, CLOSED, new TaskReopened(ID, PROJECT)).when(FLAG).then(FLAGGED);
        }
    }
}
