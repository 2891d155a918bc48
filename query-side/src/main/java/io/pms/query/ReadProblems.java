package io.pms.query;

import io.pms.http.Problem;
import io.pms.projection.Projection;
import io.pms.projection.runtime.ParkedEvent;
import io.pms.projection.runtime.StoredPosition;
import org.jspecify.annotations.Nullable;

/** Why a read has no answer. */
public final class ReadProblems {
    private ReadProblems() {}

    /**
     * Redis does not answer.
     *
     * @param detail what that means for whoever asked
     */
    public static Problem unavailable(String detail, RuntimeException cause) {
        Problem problem =
                new Problem(
                                503,
                                "projections-unavailable",
                                "The projections are not available",
                                detail)
                        .retryAfter(2);
        problem.initCause(cause);
        return problem;
    }

    static Problem rebuilding(Projection projection, @Nullable StoredPosition stored) {
        Problem problem =
                new Problem(
                                503,
                                "projection-rebuilding",
                                "The projection is being built",
                                "the data of "
                                        + projection.name()
                                        + " are being built from the log; try again soon")
                        .with("projection", projection.name())
                        .with("position", stored == null ? -1 : stored.position())
                        .retryAfter(1);
        return stored == null ? problem : problem.with("until", stored.until());
    }

    static Problem parked(String id, String text) {
        ParkedEvent event = ParkedEvent.parse(text);
        String reason =
                event == null ? text : "position " + event.position() + ": " + event.reason();
        return new Problem(
                503,
                "aggregate-parked",
                "The projection leaves it out",
                "events of "
                        + id
                        + " could not be taken into the projection ("
                        + reason
                        + "); an operator must look");
    }

    static Problem tooMany(int candidates) {
        return new Problem(
                422,
                "narrow-the-filter",
                "Too many to filter and sort",
                "more than "
                        + candidates
                        + " entities would have to be looked at; add a filter (project, assignee, dueFrom and dueTo) or sort by due");
    }
}
