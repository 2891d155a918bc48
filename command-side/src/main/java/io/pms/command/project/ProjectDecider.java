package io.pms.command.project;

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
import io.pms.event.Workflow;
import java.util.List;
import java.util.Objects;

/** What follows from a command for a project. Pure: the same arguments, the same events. */
final class ProjectDecider {
    private ProjectDecider() {}

    static ProjectCreated create(CreateProject command) {
        Bounds.requireId("projectId", command.projectId());
        Bounds.requireName("name", command.name());
        Workflow workflow = command.workflow() == null ? Workflow.DEFAULT : command.workflow();
        requireBounded(workflow);
        return new ProjectCreated(command.projectId(), command.name(), workflow);
    }

    /**
     * The events, none when nothing changes.
     *
     * @throws Refused when the rules do not allow it
     */
    static List<ProjectEvent> decide(ProjectState project, ProjectCommand command) {
        if (project.archived() && !(command instanceof ArchiveProject))
            throw new Refused(
                    Rule.PROJECT_ARCHIVED, "the project is archived; it does not change any more");
        return switch (command) {
            case CreateProject c ->
                    throw new Refused(Rule.ALREADY_EXISTS, "the project exists already");
            case RenameProject c -> rename(project, c);
            case DefineWorkflow c -> define(project, c);
            case PlanProjectDates c -> plan(project, c);
            case ArchiveProject c ->
                    project.archived()
                            ? List.of()
                            : List.of(new ProjectArchived(project.projectId()));
            case RecordProjectSource c -> record(project, c);
        };
    }

    private static List<ProjectEvent> rename(ProjectState project, RenameProject command) {
        Bounds.requireName("name", command.name());
        return command.name().equals(project.name())
                ? List.of()
                : List.of(new ProjectRenamed(project.projectId(), project.name(), command.name()));
    }

    private static List<ProjectEvent> define(ProjectState project, DefineWorkflow command) {
        requireBounded(command.workflow());
        return command.workflow().equals(project.workflow())
                ? List.of()
                : List.of(
                        new ProjectWorkflowDefined(
                                project.projectId(), project.workflow(), command.workflow()));
    }

    private static void requireBounded(Workflow workflow) {
        Bounds.requireFew("workflow.states", workflow.states(), Bounds.MAX_STATES);
        Bounds.requireFew("workflow.transitions", workflow.transitions(), Bounds.MAX_TRANSITIONS);
        for (String state : workflow.states())
            Bounds.requireText("workflow.states", state, Bounds.MAX_NAME);
    }

    private static List<ProjectEvent> plan(ProjectState project, PlanProjectDates command) {
        Bounds.requireTime("start", command.start());
        Bounds.requireTime("finish", command.finish());
        if (command.start() != null
                && command.finish() != null
                && command.finish().isBefore(command.start()))
            throw Bounds.invalid("finish", "is before start");
        boolean same =
                Objects.equals(command.start(), project.start())
                        && Objects.equals(command.finish(), project.finish());
        return same
                ? List.of()
                : List.of(
                        new ProjectDatesPlanned(
                                project.projectId(),
                                project.start(),
                                project.finish(),
                                command.start(),
                                command.finish()));
    }

    private static List<ProjectEvent> record(ProjectState project, RecordProjectSource command) {
        if (command.part() < 1 || command.part() > command.parts())
            throw Bounds.invalid("part", "is not between 1 and parts");
        return List.of(
                new ProjectSourceRecorded(
                        project.projectId(),
                        command.part(),
                        command.parts(),
                        command.attributes()));
    }
}
