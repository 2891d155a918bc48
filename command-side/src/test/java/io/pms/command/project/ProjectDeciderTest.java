package io.pms.command.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pms.command.Bounds;
import io.pms.command.Refused;
import io.pms.command.Refused.Rule;
import io.pms.command.project.ProjectCommand.ArchiveProject;
import io.pms.command.project.ProjectCommand.CreateProject;
import io.pms.command.project.ProjectCommand.DefineWorkflow;
import io.pms.command.project.ProjectCommand.PlanProjectDates;
import io.pms.command.project.ProjectCommand.RecordProjectSource;
import io.pms.command.project.ProjectCommand.RenameProject;
import io.pms.event.ProjectEvent;
import io.pms.event.ProjectEvent.ProjectArchived;
import io.pms.event.ProjectEvent.ProjectCreated;
import io.pms.event.ProjectEvent.ProjectDatesPlanned;
import io.pms.event.ProjectEvent.ProjectRenamed;
import io.pms.event.ProjectEvent.ProjectSourceRecorded;
import io.pms.event.ProjectEvent.ProjectWorkflowDefined;
import io.pms.event.SourceAttribute;
import io.pms.event.Workflow;
import io.pms.event.Workflow.Transition;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProjectDeciderTest {
    private static final String ID = "00000000-0000-0000-0000-0000000000aa";
    private static final Workflow KANBAN =
            new Workflow(
                    List.of("Open", "Shut"),
                    List.of(new Transition("Open", "Shut")),
                    List.of("Open"),
                    List.of("Shut"));
    private static final ProjectCreated CREATED = new ProjectCreated(ID, "Bridge", KANBAN);
    private static final ProjectArchived ARCHIVED = new ProjectArchived(ID);
    private static final LocalDateTime MONDAY = LocalDateTime.parse("2026-01-05T08:00");
    private static final LocalDateTime FRIDAY = LocalDateTime.parse("2026-01-09T17:00");

    /** A project to which these events have happened. */
    private record Given(ProjectEvent... events) {
        When when(ProjectCommand command) {
            return new When(this, command);
        }

        List<? extends ProjectEvent> decide(ProjectCommand command) {
            if (events.length == 0) return List.of(ProjectDecider.create((CreateProject) command));
            ProjectState state = ProjectState.created((ProjectCreated) events[0], "acme");
            for (ProjectEvent event : events) state = state.after(event);
            return ProjectDecider.decide(state, command);
        }
    }

    private record When(Given given, ProjectCommand command) {
        void then(ProjectEvent... expected) {
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

    private static Given given(ProjectEvent... events) {
        return new Given(events);
    }

    private static String text(int length) {
        return "x".repeat(length);
    }

    private static Workflow workflow(int states, int transitions) {
        List<String> names = IntStream.range(0, states).mapToObj(i -> "s" + i).toList();
        List<Transition> moves = new ArrayList<>();
        for (int i = 0; i < transitions; i++)
            moves.add(new Transition(names.get(i / states), names.get(i % states)));
        return new Workflow(names, moves, List.of("s0"), List.of());
    }

    @Nested
    class CreatingAProject {
        @Test
        void startsWithTheWorkflowGiven() {
            given().when(new CreateProject(ID, "Bridge", KANBAN)).then(CREATED);
        }

        @Test
        void startsWithTheDefaultWorkflowWhenNoneIsGiven() {
            given().when(new CreateProject(ID, "Bridge", null))
                    .then(new ProjectCreated(ID, "Bridge", Workflow.DEFAULT));
        }

        @Test
        void takesTheLongestNameAndTheLargestWorkflow() {
            Workflow largest = workflow(200, 5_000);
            given().when(new CreateProject(ID, text(500), largest))
                    .then(new ProjectCreated(ID, text(500), largest));
        }

        @Test
        void isRefusedWhenItExists() {
            given(CREATED)
                    .when(new CreateProject(ID, "Bridge", KANBAN))
                    .thenRefused(Rule.ALREADY_EXISTS);
        }

        @Test
        void isRefusedWhenTheIdIsNotAUuidInLowerCase() {
            for (String id : List.of("", "bridge", "00000000-0000-0000-0000-0000000000AA"))
                given().when(new CreateProject(id, "Bridge", null))
                        .thenRefused(Rule.INVALID_VALUE, "projectId");
        }

        @Test
        void isRefusedWhenTheNameIsBlankOrTooLong() {
            for (String name : List.of("", " \t", text(501)))
                given().when(new CreateProject(ID, name, null))
                        .thenRefused(Rule.INVALID_VALUE, "name");
        }

        @Test
        void isRefusedWhenTheWorkflowIsTooLarge() {
            given().when(new CreateProject(ID, "Bridge", workflow(201, 0)))
                    .thenRefused(Rule.INVALID_VALUE, "workflow.states", "201", "200");
            given().when(new CreateProject(ID, "Bridge", workflow(200, 5_001)))
                    .thenRefused(Rule.INVALID_VALUE, "workflow.transitions", "5001", "5000");
        }

        @Test
        void isRefusedWhenAStatesNameIsTooLong() {
            String state = text(Bounds.MAX_NAME + 1);
            Workflow workflow = new Workflow(List.of(state), List.of(), List.of(state), List.of());
            given().when(new CreateProject(ID, "Bridge", workflow))
                    .thenRefused(Rule.INVALID_VALUE, "workflow.states", "501");
        }
    }

    @Nested
    class RenamingAProject {
        @Test
        void saysFromAndTo() {
            given(CREATED, new ProjectRenamed(ID, "Bridge", "Big bridge"))
                    .when(new RenameProject(ID, "Tunnel"))
                    .then(new ProjectRenamed(ID, "Big bridge", "Tunnel"));
        }

        @Test
        void changesNothingWhenItHasTheName() {
            given(CREATED).when(new RenameProject(ID, "Bridge")).thenNothing();
        }

        @Test
        void isRefusedWhenTheNameIsBlankOrTooLong() {
            for (String name : List.of("", "  ", text(501)))
                given(CREATED)
                        .when(new RenameProject(ID, name))
                        .thenRefused(Rule.INVALID_VALUE, "name");
        }
    }

    @Nested
    class DefiningTheWorkflow {
        @Test
        void saysFromAndTo() {
            given(CREATED, new ProjectWorkflowDefined(ID, KANBAN, Workflow.DEFAULT))
                    .when(new DefineWorkflow(ID, KANBAN))
                    .then(new ProjectWorkflowDefined(ID, Workflow.DEFAULT, KANBAN));
        }

        @Test
        void changesNothingWhenItIsTheSame() {
            given(CREATED).when(new DefineWorkflow(ID, KANBAN)).thenNothing();
        }

        @Test
        void isRefusedWhenItIsTooLarge() {
            given(CREATED)
                    .when(new DefineWorkflow(ID, workflow(201, 0)))
                    .thenRefused(Rule.INVALID_VALUE, "workflow.states");
            given(CREATED)
                    .when(new DefineWorkflow(ID, workflow(200, 5_001)))
                    .thenRefused(Rule.INVALID_VALUE, "workflow.transitions");
        }
    }

    @Nested
    class PlanningDates {
        @Test
        void saysFromAndToAndMayLeaveThemOpen() {
            given(CREATED, new ProjectDatesPlanned(ID, null, null, MONDAY, null))
                    .when(new PlanProjectDates(ID, null, FRIDAY))
                    .then(new ProjectDatesPlanned(ID, MONDAY, null, null, FRIDAY));
        }

        @Test
        void mayStartAndFinishAtOnce() {
            given(CREATED)
                    .when(new PlanProjectDates(ID, MONDAY, MONDAY))
                    .then(new ProjectDatesPlanned(ID, null, null, MONDAY, MONDAY));
        }

        @Test
        void changesNothingWhenTheyAreTheSame() {
            given(CREATED).when(new PlanProjectDates(ID, null, null)).thenNothing();
            given(CREATED, new ProjectDatesPlanned(ID, null, null, MONDAY, FRIDAY))
                    .when(new PlanProjectDates(ID, MONDAY, FRIDAY))
                    .thenNothing();
        }

        @Test
        void isRefusedWhenItFinishesBeforeItStarts() {
            given(CREATED)
                    .when(new PlanProjectDates(ID, FRIDAY, MONDAY))
                    .thenRefused(Rule.INVALID_VALUE, "finish", "before start");
        }
    }

    @Nested
    class ArchivingAProject {
        @Test
        void endsIt() {
            given(CREATED).when(new ArchiveProject(ID)).then(ARCHIVED);
        }

        @Test
        void changesNothingWhenItIsArchived() {
            given(CREATED, ARCHIVED).when(new ArchiveProject(ID)).thenNothing();
        }

        @Test
        void makesItRefuseEverythingElse() {
            for (ProjectCommand command :
                    List.of(
                            new CreateProject(ID, "Bridge", null),
                            new RenameProject(ID, "Bridge"),
                            new DefineWorkflow(ID, KANBAN),
                            new PlanProjectDates(ID, null, null),
                            new RecordProjectSource(ID, 1, 1, List.of())))
                given(CREATED, ARCHIVED).when(command).thenRefused(Rule.PROJECT_ARCHIVED);
        }
    }

    @Nested
    class RecordingTheSource {
        private static final List<SourceAttribute> ATTRIBUTES =
                List.of(new SourceAttribute("author", "string", "", List.of()));

        @Test
        void keepsEachPartAlsoARepeatedOne() {
            ProjectSourceRecorded second = new ProjectSourceRecorded(ID, 2, 2, ATTRIBUTES);
            given(CREATED, second).when(new RecordProjectSource(ID, 2, 2, ATTRIBUTES)).then(second);
        }

        @Test
        void isRefusedWhenThePartIsNotOneOfTheParts() {
            for (int part : new int[] {-1, 0, 3})
                given(CREATED)
                        .when(new RecordProjectSource(ID, part, 2, ATTRIBUTES))
                        .thenRefused(Rule.INVALID_VALUE, "part");
        }
    }
}
