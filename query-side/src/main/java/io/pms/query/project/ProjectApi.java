package io.pms.query.project;

import io.pms.http.Caller;
import io.pms.http.CallerResolver;
import io.pms.projection.ProjectProjection;
import io.pms.query.Found;
import io.pms.query.Freshness;
import io.pms.query.ItemList;
import io.pms.query.PageQuery;
import io.pms.query.Parameters;
import io.pms.query.Reads;
import io.pms.query.Shown;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Queries for projects. */
@RestController
public class ProjectApi {
    private final Reads reads;
    private final ProjectProjection projection;
    private final Plans plans;
    private final Freshness freshness;
    private final CallerResolver callers;
    private final InstantSource clock;

    public ProjectApi(
            Reads reads,
            ProjectProjection projection,
            Freshness freshness,
            CallerResolver callers,
            InstantSource clock) {
        this.reads = reads;
        this.projection = projection;
        this.plans = new Plans(reads, projection);
        this.freshness = freshness;
        this.callers = callers;
        this.clock = clock;
    }

    @GetMapping("/api/projects")
    public ResponseEntity<ItemList<ProjectView>> list(HttpServletRequest http) {
        Caller caller = callers.resolve(http);
        Parameters parameters = Parameters.of(http, "sort", "limit", "cursor");
        String sort = parameters.choice("sort", "name", PageQuery.BY_NAME_OR_TIME);
        freshness.await(http, caller, projection);
        LocalDateTime now = now();
        ItemList<ProjectView> page =
                reads.page(
                        projection,
                        caller,
                        PageQuery.sortedBy(sort, ProjectView.RELATED),
                        parameters,
                        shown -> view(caller, shown, now));
        return Freshness.answer(http, page, page.position());
    }

    @GetMapping("/api/projects/{id}")
    public ResponseEntity<ProjectView> one(@PathVariable String id, HttpServletRequest http) {
        Caller caller = callers.resolve(http);
        Parameters.of(http);
        freshness.await(http, caller, projection);
        LocalDateTime now = now();
        Reads.Positioned<ProjectView> project =
                Found.required(
                        reads.one(
                                projection,
                                caller,
                                id,
                                ProjectView.RELATED,
                                shown -> view(caller, shown, now)),
                        "project",
                        id);
        return Freshness.versioned(
                http, project.value(), project.value().sequence(), project.position());
    }

    private LocalDateTime now() {
        return LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private ProjectView view(Caller caller, Shown shown, LocalDateTime now) {
        return ProjectView.of(shown, plans.of(caller, shown).at(now));
    }
}
