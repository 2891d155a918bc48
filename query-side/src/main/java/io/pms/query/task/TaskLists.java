package io.pms.query.task;

import io.pms.http.Caller;
import io.pms.projection.TaskProjection;
import io.pms.query.ItemList;
import io.pms.query.Parameters;
import io.pms.query.Reads;
import io.pms.query.Shown;
import io.pms.query.Values;
import org.jspecify.annotations.Nullable;

/** Lists of tasks, for whoever shows some. */
public final class TaskLists {
    private final Reads reads;
    private final TaskProjection projection;

    public TaskLists(Reads reads, TaskProjection projection) {
        this.reads = reads;
        this.projection = projection;
    }

    /** What {@link TaskFilter} understands, and the page. */
    static final String[] PARAMETERS = {
        "project",
        "status",
        "assignee",
        "dueFrom",
        "dueTo",
        "open",
        "overdue",
        "summary",
        "sort",
        "limit",
        "cursor"
    };

    /** The parameters of a list of one person's open work. */
    public static final String[] WORK_PARAMETERS = {
        "project", "status", "dueFrom", "dueTo", "overdue", "summary", "sort", "limit", "cursor"
    };

    /** The projection that lists show. */
    public TaskProjection projection() {
        return projection;
    }

    ItemList<TaskView> list(Caller caller, Parameters parameters) {
        return page(caller, TaskFilter.of(parameters), parameters);
    }

    /** A person's tasks that are neither done nor closed. */
    public ItemList<TaskView> openWork(Caller caller, String person, Parameters parameters) {
        return page(caller, TaskFilter.openWorkOf(person, TaskFilter.of(parameters)), parameters);
    }

    private ItemList<TaskView> page(Caller caller, TaskFilter filter, Parameters parameters) {
        return reads.page(projection, caller, filter.query(), parameters, TaskLists::view);
    }

    Reads.@Nullable Positioned<TaskView> one(Caller caller, String id) {
        return reads.one(projection, caller, id, "", TaskLists::view);
    }

    private static TaskView view(Shown shown) {
        return TaskView.of(new Values(shown.fields()));
    }
}
