package io.pms.imports.history;

import io.pms.command.person.PersonCommand.RegisterPerson;
import io.pms.command.project.ProjectCommand.CreateProject;
import io.pms.command.project.ProjectCommand.RecordProjectSource;
import io.pms.event.SourceAttribute;
import io.pms.http.Problem;
import io.pms.imports.Attributes;
import io.pms.imports.Content;
import io.pms.imports.ImportIds;
import io.pms.imports.Script;
import io.pms.imports.Script.Stage;
import io.pms.imports.Script.Step;
import io.pms.imports.Texts;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A log in XES as a project: traces are its tasks, events their status changes. The log is read
 * twice: once to check it and to learn its workflow and people, once to make the commands, so that
 * it never has to be in memory.
 */
public final class HistoryImport {
    private HistoryImport() {}

    /**
     * @param projectName null for the log's {@code concept:name}, else the file's name
     * @throws Problem 422 naming the line
     */
    public static Script read(
            Content content, String tenant, @Nullable String projectName, Instant now)
            throws IOException {
        HistoryFacts facts = HistoryFacts.of(content, now);
        String name = Texts.name(projectName == null ? ownName(facts, content) : projectName);
        ImportIds ids = new ImportIds(tenant, content.digest(), name);
        Stage tasks =
                new Stage(
                        "tasks",
                        facts.traces() + facts.events(),
                        () -> new TaskStrands(content, facts, ids));
        return new Script(
                ids.projectId(),
                facts.traces(),
                List.of(
                        Stage.inOrder("project", project(name, facts, ids)),
                        Stage.sideBySide("people", people(facts.people(), ids)),
                        tasks));
    }

    private static String ownName(HistoryFacts facts, Content content) {
        for (SourceAttribute attribute : facts.log())
            if (attribute.key().equals("concept:name") && Texts.orNull(attribute.value()) != null)
                return String.valueOf(attribute.value());
        return content.source().title();
    }

    private static List<Step> project(String name, HistoryFacts facts, ImportIds ids) {
        List<Step> steps = new ArrayList<>();
        CreateProject create = new CreateProject(ids.projectId(), name, facts.workflow());
        steps.add(new Step(create, ids.key("project", 0), null, facts.first()));
        List<List<SourceAttribute>> parts =
                Attributes.parts(facts.people().withoutNames(facts.log(), ids));
        for (int i = 0; i < parts.size(); i++)
            steps.add(
                    new Step(
                            new RecordProjectSource(
                                    ids.projectId(), i + 1, parts.size(), parts.get(i)),
                            ids.key("source", i),
                            null,
                            null));
        return steps;
    }

    private static List<Step> people(People people, ImportIds ids) {
        List<Step> steps = new ArrayList<>();
        for (String name : people.names()) {
            int ordinal = steps.size();
            RegisterPerson register =
                    new RegisterPerson(ids.id("person", ordinal), Texts.name(name), null);
            steps.add(new Step(register, ids.key("person", ordinal), null, null));
        }
        return steps;
    }
}
