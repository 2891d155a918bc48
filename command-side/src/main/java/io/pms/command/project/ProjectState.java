package io.pms.command.project;

import io.pms.event.ProjectEvent;
import io.pms.event.ProjectEvent.ProjectArchived;
import io.pms.event.ProjectEvent.ProjectCreated;
import io.pms.event.ProjectEvent.ProjectDatesPlanned;
import io.pms.event.ProjectEvent.ProjectRenamed;
import io.pms.event.ProjectEvent.ProjectSourceRecorded;
import io.pms.event.ProjectEvent.ProjectWorkflowDefined;
import io.pms.event.Workflow;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** A project as its events say, as far as decisions need it. */
public record ProjectState(
        String projectId,
        String tenant,
        String name,
        Workflow workflow,
        @Nullable LocalDateTime start,
        @Nullable LocalDateTime finish,
        boolean archived) {

    static ProjectState created(ProjectCreated event, String tenant) {
        return new ProjectState(
                event.projectId(), tenant, event.name(), event.workflow(), null, null, false);
    }

    /** The state after an event. Pure. */
    ProjectState after(ProjectEvent event) {
        return switch (event) {
            case ProjectCreated e -> created(e, tenant);
            case ProjectRenamed e ->
                    new ProjectState(projectId, tenant, e.to(), workflow, start, finish, archived);
            case ProjectWorkflowDefined e ->
                    new ProjectState(projectId, tenant, name, e.to(), start, finish, archived);
            case ProjectDatesPlanned e ->
                    new ProjectState(
                            projectId, tenant, name, workflow, e.toStart(), e.toFinish(), archived);
            case ProjectArchived e ->
                    new ProjectState(projectId, tenant, name, workflow, start, finish, true);
            case ProjectSourceRecorded e -> this;
        };
    }
}
