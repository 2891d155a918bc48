package io.pms.imports.history;

import io.pms.command.task.TaskCommand.ChangeTaskStatus;
import io.pms.command.task.TaskCommand.CreateTask;
import io.pms.imports.Content;
import io.pms.imports.ImportIds;
import io.pms.imports.Script.Cursor;
import io.pms.imports.Script.Step;
import io.pms.imports.Script.Strand;
import io.pms.imports.history.TaskEvents.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands of one trace after the other, read from the file as they are asked for. */
final class TaskStrands implements Cursor {
    private final XesReader xes;
    private final HistoryFacts facts;
    private final ImportIds ids;
    private final TraceMapping mapping;
    private long traces;
    private long events;

    TaskStrands(Content content, HistoryFacts facts, ImportIds ids) throws IOException {
        this.xes = new XesReader(content.open());
        this.facts = facts;
        this.ids = ids;
        this.mapping = new TraceMapping(facts.classifier(), name -> String.valueOf(person(name)));
    }

    @Override
    public @Nullable Strand next() {
        XesTrace trace = xes.next();
        return trace == null
                ? null
                : new Strand(steps(mapping.map(trace)), (int) (trace.chars() >> 10) + 1);
    }

    private List<Step> steps(TaskEvents task) {
        String taskId = ids.id("task", traces);
        List<Step> steps = new ArrayList<>(task.changes().size() + 1);
        steps.add(create(task, taskId));
        for (Change change : task.changes())
            steps.add(
                    new Step(
                            new ChangeTaskStatus(taskId, change.status(), change.attributes()),
                            ids.key("event", events++),
                            person(change.resource()),
                            change.time()));
        traces++;
        return steps;
    }

    private Step create(TaskEvents task, String taskId) {
        Change first = task.changes().isEmpty() ? null : task.changes().getFirst();
        CreateTask create =
                new CreateTask(
                        taskId,
                        ids.projectId(),
                        task.name(),
                        null,
                        null,
                        false,
                        first == null ? null : first.status(),
                        null,
                        task.attributes());
        return new Step(
                create,
                ids.key("task", traces),
                first == null ? null : person(first.resource()),
                first == null ? null : first.time());
    }

    private @Nullable String person(@Nullable String name) {
        return facts.people().idOf(name, ids);
    }

    @Override
    public void close() throws IOException {
        xes.close();
    }
}
