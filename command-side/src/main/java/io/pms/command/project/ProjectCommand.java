package io.pms.command.project;

import io.pms.command.Command;
import io.pms.event.SourceAttribute;
import io.pms.event.Workflow;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked of a project. */
public sealed interface ProjectCommand extends Command {
    String projectId();

    @Override
    default String aggregateId() {
        return projectId();
    }

    /**
     * @param workflow null for {@link Workflow#DEFAULT}
     */
    record CreateProject(String projectId, String name, @Nullable Workflow workflow)
            implements ProjectCommand {}

    record RenameProject(String projectId, String name) implements ProjectCommand {}

    record DefineWorkflow(String projectId, Workflow workflow) implements ProjectCommand {}

    record PlanProjectDates(
            String projectId, @Nullable LocalDateTime start, @Nullable LocalDateTime finish)
            implements ProjectCommand {}

    record ArchiveProject(String projectId) implements ProjectCommand {}

    /** Keeps what an imported file says that has no field of its own. */
    record RecordProjectSource(
            String projectId, int part, int parts, List<SourceAttribute> attributes)
            implements ProjectCommand {
        public RecordProjectSource {
            attributes = attributes == null ? List.of() : List.copyOf(attributes);
        }
    }
}
