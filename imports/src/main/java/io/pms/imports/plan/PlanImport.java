package io.pms.imports.plan;

import io.pms.command.project.ProjectCommand;
import io.pms.command.project.ProjectCommand.CreateProject;
import io.pms.command.project.ProjectCommand.PlanProjectDates;
import io.pms.command.project.ProjectCommand.RecordProjectSource;
import io.pms.event.SourceAttribute;
import io.pms.http.Problem;
import io.pms.imports.Attributes;
import io.pms.imports.Content;
import io.pms.imports.ImportIds;
import io.pms.imports.Script;
import io.pms.imports.Script.Stage;
import io.pms.imports.Script.Step;
import io.pms.imports.Script.Strand;
import io.pms.imports.Texts;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mpxj.ProjectFile;
import org.mpxj.ProjectProperties;
import org.mpxj.Task;

/** A plan as a project: its tasks, the summary tasks among them, its people and its links. */
public final class PlanImport {
    /** What MPXJ calls a project that has no title. */
    private static final String NO_TITLE = "Project1";

    private final ProjectFile file;
    private final String name;
    private final ImportIds ids;

    private PlanImport(ProjectFile file, String name, ImportIds ids) {
        this.file = file;
        this.name = name;
        this.ids = ids;
    }

    /**
     * @param projectName null for the plan's own name, else its title, else the file's name
     * @throws Problem 415 when no format fits, 422 when the file is broken
     */
    public static Script read(Content content, String tenant, @Nullable String projectName)
            throws IOException {
        ProjectFile file = PlanFile.read(content);
        String name = projectName == null ? ownName(file, content) : projectName;
        name = Texts.name(Texts.unicode(name));
        return new PlanImport(file, name, new ImportIds(tenant, content.digest(), name)).script();
    }

    private static String ownName(ProjectFile file, Content content) {
        ProjectProperties properties = file.getProjectProperties();
        if (Texts.orNull(properties.getName()) != null) return properties.getName();
        String title = Texts.orNull(properties.getProjectTitle());
        return title == null || title.equals(NO_TITLE) ? content.source().title() : title;
    }

    private Script script() {
        List<Task> tasks = List.copyOf(file.getTasks());
        PlanPeople people = new PlanPeople(file.getResources(), ids);
        TaskMapping mapping = new TaskMapping(file, people, new TaskIndex(tasks, ids), ids);
        List<Strand> strands = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) strands.add(mapping.map(tasks.get(i), i));
        Values source = new Values(people);
        List<Step> project = new ArrayList<>();
        project.add(
                step("project", 0, new CreateProject(ids.projectId(), name, TaskMapping.WORKFLOW)));
        PlanProjectDates dates = dates(tasks, source);
        if (dates.start() != null || dates.finish() != null) project.add(step("dates", 0, dates));
        new PlanAttributes(people).addTo(source, file);
        mapping.overflow().forEach(source::add);
        addSource(project, source.list());
        return new Script(
                ids.projectId(),
                tasks.size(),
                List.of(
                        Stage.inOrder("project", project),
                        Stage.sideBySide("people", people.registrations()),
                        Stage.ofAll("tasks", strands)));
    }

    private Step step(String role, int ordinal, ProjectCommand command) {
        return new Step(command, ids.key(role, ordinal), null, null);
    }

    private void addSource(List<Step> steps, List<SourceAttribute> attributes) {
        List<List<SourceAttribute>> parts = Attributes.parts(attributes);
        for (int i = 0; i < parts.size(); i++)
            steps.add(
                    step(
                            "source",
                            i,
                            new RecordProjectSource(
                                    ids.projectId(), i + 1, parts.size(), parts.get(i))));
    }

    /** The project's, else what its tasks span. */
    private PlanProjectDates dates(List<Task> tasks, Values rest) {
        LocalDateTime start = file.getProjectProperties().getStartDate();
        LocalDateTime finish = file.getProjectProperties().getFinishDate();
        if (start == null)
            start =
                    tasks.stream()
                            .map(Task::getStart)
                            .filter(Objects::nonNull)
                            .min(Comparator.naturalOrder())
                            .orElse(null);
        if (finish == null)
            finish =
                    tasks.stream()
                            .map(Task::getFinish)
                            .filter(Objects::nonNull)
                            .max(Comparator.naturalOrder())
                            .orElse(null);
        if (start != null && finish != null && finish.isBefore(start)) {
            rest.add("Finish Date", finish);
            finish = null;
        }
        return new PlanProjectDates(ids.projectId(), start, finish);
    }
}
