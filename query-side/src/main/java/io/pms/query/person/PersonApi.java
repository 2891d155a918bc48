package io.pms.query.person;

import io.pms.http.Caller;
import io.pms.http.CallerResolver;
import io.pms.projection.PersonProjection;
import io.pms.query.Found;
import io.pms.query.Freshness;
import io.pms.query.ItemList;
import io.pms.query.PageQuery;
import io.pms.query.Parameters;
import io.pms.query.Reads;
import io.pms.query.Shown;
import io.pms.query.Values;
import io.pms.query.task.TaskLists;
import io.pms.query.task.TaskView;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Queries for people. */
@RestController
public class PersonApi {
    private final Reads reads;
    private final PersonProjection projection;
    private final TaskLists tasks;
    private final Freshness freshness;
    private final CallerResolver callers;

    public PersonApi(
            Reads reads,
            PersonProjection projection,
            TaskLists tasks,
            Freshness freshness,
            CallerResolver callers) {
        this.reads = reads;
        this.projection = projection;
        this.tasks = tasks;
        this.freshness = freshness;
        this.callers = callers;
    }

    /**
     * A registered person.
     *
     * @param id opaque; what assignees and actors are
     * @param name null when it cannot be read
     * @param erased whether that is so because the person was erased; nothing personal is left then
     */
    public record PersonView(
            String id,
            @Nullable String name,
            @Nullable String email,
            boolean erased,
            String createdAt,
            String updatedAt,
            long sequence,
            long position) {
        static PersonView of(Shown shown) {
            Values values = new Values(shown.fields());
            return new PersonView(
                    values.text("id"),
                    values.optional("name"),
                    values.optional("email"),
                    "1".equals(values.optional("erased")),
                    values.time("created"),
                    values.time("updated"),
                    values.number("sequence"),
                    values.number("position"));
        }
    }

    @GetMapping("/api/people")
    public ResponseEntity<ItemList<PersonView>> list(HttpServletRequest http) {
        Caller caller = callers.resolve(http);
        Parameters parameters = Parameters.of(http, "sort", "limit", "cursor");
        String sort = parameters.choice("sort", "name", PageQuery.BY_NAME_OR_TIME);
        freshness.await(http, caller, projection);
        ItemList<PersonView> page =
                reads.page(
                        projection,
                        caller,
                        PageQuery.sortedBy(sort, ""),
                        parameters,
                        PersonView::of);
        return Freshness.answer(http, page, page.position());
    }

    @GetMapping("/api/people/{id}")
    public ResponseEntity<PersonView> one(@PathVariable String id, HttpServletRequest http) {
        Caller caller = callers.resolve(http);
        Parameters.of(http);
        freshness.await(http, caller, projection);
        Reads.Positioned<PersonView> person =
                Found.required(reads.one(projection, caller, id, "", PersonView::of), "person", id);
        return Freshness.versioned(
                http, person.value(), person.value().sequence(), person.position());
    }

    /** The open tasks of a person, registered or not. */
    @GetMapping("/api/people/{id}/work")
    public ResponseEntity<ItemList<TaskView>> work(
            @PathVariable String id, HttpServletRequest http) {
        Caller caller = callers.resolve(http);
        Parameters parameters = Parameters.of(http, TaskLists.WORK_PARAMETERS);
        freshness.await(http, caller, tasks.projection());
        ItemList<TaskView> page = tasks.openWork(caller, id, parameters);
        return Freshness.answer(http, page, page.position());
    }
}
