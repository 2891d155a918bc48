package io.pms.query.projection;

import io.pms.event.PersonalTexts;
import io.pms.http.Caller;
import io.pms.http.CallerResolver;
import io.pms.http.Problem;
import io.pms.log.EventLog;
import io.pms.projection.runtime.ParkedEvent;
import io.pms.projection.runtime.ProjectionStatus;
import io.pms.projection.runtime.Projections;
import io.pms.query.Found;
import io.pms.query.LogReads;
import io.pms.query.Parameters;
import io.pms.query.Reads;
import io.pms.query.activity.Activity;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** For those who operate the platform: projections, their progress, and what they leave out. */
@RestController
public class ProjectionApi {
    private static final Logger LOGGER = LoggerFactory.getLogger(ProjectionApi.class);

    /** Events of an aggregate that are shown; the rest is in the log. */
    private static final int EVENTS = 100;

    private final Projections projections;
    private final EventLog log;
    private final PersonalTexts texts;
    private final CallerResolver callers;

    public ProjectionApi(
            Projections projections, EventLog log, PersonalTexts texts, CallerResolver callers) {
        this.projections = projections;
        this.log = log;
        this.texts = texts;
        this.callers = callers;
    }

    /** Every projection. */
    public record ProjectionList(List<ProjectionStatus> items) {}

    /**
     * An aggregate that a projection leaves out from an event on.
     *
     * @param position where that event is in the log
     * @param sequence its number among the aggregate's events
     * @param type its name and revision
     * @param reason what was wrong with it, in words
     */
    public record ParkedAggregate(
            String aggregateId, long position, long sequence, String type, String reason) {
        static ParkedAggregate of(Projections.Parked parked) {
            ParkedEvent event = parked.event();
            return new ParkedAggregate(
                    parked.aggregateId(),
                    event.position(),
                    event.sequence(),
                    event.type(),
                    event.reason());
        }
    }

    /**
     * What the caller's organisation has parked, by position.
     *
     * @param total how many there are with those that are not shown
     */
    public record ParkedList(List<ParkedAggregate> items, int total) {}

    /**
     * The same with the events that are left out, the first hundred of them, as the log has them.
     */
    public record ParkedDetail(ParkedAggregate parked, List<Activity> events) {}

    /**
     * What a rebuild has begun. It has ended when {@code servingGeneration} of each partition is
     * not less than its own here.
     *
     * @param begun partitions that are built again because of this; others were at it already
     * @param generations what is being built, by the partitions' numbers
     */
    public record Rebuild(int begun, List<Long> generations, ProjectionStatus projection) {}

    @GetMapping("/api/projections")
    public ResponseEntity<ProjectionList> list(HttpServletRequest http) {
        Parameters.of(http);
        return answer(new ProjectionList(projections.status()));
    }

    @GetMapping("/api/projections/{name}")
    public ResponseEntity<ProjectionStatus> one(
            @PathVariable String name, HttpServletRequest http) {
        Parameters.of(http);
        return answer(projections.status(known(name)));
    }

    /** Builds it again beside what answers, and then replaces that. */
    @PostMapping("/api/projections/{name}/rebuild")
    public ResponseEntity<Rebuild> rebuild(@PathVariable String name, HttpServletRequest http) {
        Caller caller = callers.resolve(http);
        Parameters.of(http);
        String projection = known(name);
        var rebuild = Reads.guarded(() -> LogReads.guarded(() -> projections.rebuild(projection)));
        LOGGER.info(
                "{} of {} has {} built again, {} partitions begin",
                caller.actor(),
                caller.tenant(),
                projection,
                rebuild.begun());
        return ResponseEntity.status(202)
                .header("Cache-Control", "no-store")
                .body(
                        new Rebuild(
                                rebuild.begun(),
                                rebuild.generations(),
                                projections.status(projection)));
    }

    @GetMapping("/api/projections/{name}/parked")
    public ResponseEntity<ParkedList> parked(@PathVariable String name, HttpServletRequest http) {
        Caller caller = callers.resolve(http);
        int limit = Parameters.of(http, "limit").limit();
        List<Projections.Parked> all = all(known(name), caller);
        List<ParkedAggregate> shown = all.stream().limit(limit).map(ParkedAggregate::of).toList();
        return answer(new ParkedList(shown, all.size()));
    }

    @GetMapping("/api/projections/{name}/parked/{aggregateId}")
    public ResponseEntity<ParkedDetail> parked(
            @PathVariable String name, @PathVariable String aggregateId, HttpServletRequest http) {
        Caller caller = callers.resolve(http);
        Parameters.of(http);
        Projections.Parked found =
                all(known(name), caller).stream()
                        .filter(each -> each.aggregateId().equals(aggregateId))
                        .findFirst()
                        .orElse(null);
        Projections.Parked parked = Found.required(found, "parked aggregate", aggregateId);
        List<Activity> events =
                LogReads.guarded(() ->
                        log.readStream(aggregateId, parked.event().sequence(), EVENTS).stream()
                                .map(entry -> Activity.of(entry, texts))
                                .toList());
        return answer(new ParkedDetail(ParkedAggregate.of(parked), events));
    }

    private List<Projections.Parked> all(String name, Caller caller) {
        return Reads.guarded(() -> projections.parked(name, caller.tenant()));
    }

    private String known(String name) {
        if (projections.knows(name)) return name;
        throw new Problem(
                404,
                "not-found",
                "Not found",
                "there is no projection " + name + "; there are " + projections.names());
    }

    private static <T> ResponseEntity<T> answer(T body) {
        return ResponseEntity.ok().header("Cache-Control", "no-store").body(body);
    }
}
