package io.pms.event;

import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen to a project. */
public sealed interface ProjectEvent extends Event {
    String projectId();

    @Override
    default String aggregateId() {
        return projectId();
    }

    /** A project exists from now on. It starts with the given workflow and no dates. */
    @EventType("pms.project.ProjectCreated")
    record ProjectCreated(String projectId, String name, Workflow workflow)
            implements ProjectEvent {}

    @EventType("pms.project.ProjectRenamed")
    record ProjectRenamed(String projectId, String from, String to) implements ProjectEvent {}

    /** The states and transitions changed. Tasks keep the status they have. */
    @EventType("pms.project.ProjectWorkflowDefined")
    record ProjectWorkflowDefined(String projectId, Workflow from, Workflow to)
            implements ProjectEvent {}

    /** Planned start and finish; local date-times of the project, null where there is none. */
    @EventType("pms.project.ProjectDatesPlanned")
    record ProjectDatesPlanned(
            String projectId,
            @Nullable LocalDateTime fromStart,
            @Nullable LocalDateTime fromFinish,
            @Nullable LocalDateTime toStart,
            @Nullable LocalDateTime toFinish)
            implements ProjectEvent {}

    /** Nothing about the project or its tasks changes any more. */
    @EventType("pms.project.ProjectArchived")
    record ProjectArchived(String projectId) implements ProjectEvent {}

    /**
     * What an imported file said about the project that has no field of its own; part {@code part}
     * of {@code parts}.
     */
    @EventType("pms.project.ProjectSourceRecorded")
    record ProjectSourceRecorded(
            String projectId, int part, int parts, List<SourceAttribute> attributes)
            implements ProjectEvent {
        public ProjectSourceRecorded {
            attributes = Lists.copy(attributes);
        }
    }
}
