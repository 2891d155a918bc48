package io.pms.query.task;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.pms.http.Caller;
import io.pms.http.CallerResolver;
import io.pms.query.Found;
import io.pms.query.Freshness;
import io.pms.query.ItemList;
import io.pms.query.Parameters;
import io.pms.query.Reads;
import io.pms.query.activity.Activities;
import io.pms.query.activity.Activity;
import io.pms.query.activity.Feed;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Queries for tasks. */
@RestController
public class TaskApi {
    /** What is shown with a task; the rest is at {@code /api/tasks/{id}/activity}. */
    private static final int LATEST = 20;

    private final TaskLists tasks;
    private final Activities activities;
    private final Freshness freshness;
    private final CallerResolver callers;

    public TaskApi(
            TaskLists tasks, Activities activities, Freshness freshness, CallerResolver callers) {
        this.tasks = tasks;
        this.activities = activities;
        this.freshness = freshness;
        this.callers = callers;
    }

    /**
     * A task with what happened to it lately.
     *
     * @param activity the latest first, at most twenty
     */
    public record TaskWithActivity(@JsonUnwrapped TaskView task, List<Activity> activity) {}

    @GetMapping("/api/tasks")
    public ResponseEntity<ItemList<TaskView>> list(HttpServletRequest http) {
        Caller caller = callers.resolve(http);
        Parameters parameters = Parameters.of(http, TaskLists.PARAMETERS);
        freshness.await(http, caller, tasks.projection());
        ItemList<TaskView> page = tasks.list(caller, parameters);
        return Freshness.answer(http, page, page.position());
    }

    @GetMapping("/api/tasks/{id}")
    public ResponseEntity<TaskWithActivity> one(@PathVariable String id, HttpServletRequest http) {
        Caller caller = callers.resolve(http);
        Parameters.of(http);
        freshness.await(http, caller, tasks.projection());
        freshness.await(http, caller, activities.projection());
        Reads.Positioned<TaskView> task = Found.required(tasks.one(caller, id), "task", id);
        Reads.Positioned<List<Activity>> latest =
                activities.latest(caller, Feed.ofTask(id), LATEST);
        return Freshness.versioned(
                http,
                new TaskWithActivity(task.value(), latest.value()),
                task.value().sequence(),
                Math.min(task.position(), latest.position()));
    }

    @GetMapping("/api/tasks/{id}/activity")
    public ResponseEntity<ItemList<Activity>> activity(
            @PathVariable String id, HttpServletRequest http) {
        Caller caller = callers.resolve(http);
        Parameters parameters = Parameters.of(http, "limit", "cursor");
        freshness.await(http, caller, tasks.projection());
        Found.required(tasks.one(caller, id), "task", id);
        return activities.answer(http, caller, Feed.ofTask(id), parameters);
    }
}
