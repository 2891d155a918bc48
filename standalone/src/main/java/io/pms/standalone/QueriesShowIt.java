package io.pms.standalone;

import io.lettuce.core.RedisException;
import io.pms.http.Problem;
import io.pms.imports.Visibility;
import io.pms.projection.Projection;
import io.pms.projection.runtime.Projections;
import io.pms.query.ReadProblems;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** An import has ended when every projection shows it. */
@Component
final class QueriesShowIt implements Visibility {
    /** A rebuild may be under way; after this the caller is told what is stored already. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final Projections projections;
    private final List<Projection> all;

    QueriesShowIt(Projections projections, List<Projection> all) {
        this.projections = projections;
        this.all = all;
    }

    @Override
    public void await(String tenant, long position) {
        try {
            for (Projection projection : all)
                if (!projections.await(projection.name(), tenant, position, LONGEST_WAIT))
                    throw behind(projection);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (RedisException e) {
            throw ReadProblems.unavailable(
                    "everything is stored, but Redis does not answer; queries show it when it does",
                    e);
        }
    }

    private static Problem behind(Projection projection) {
        return new Problem(
                503,
                "projection-behind",
                "The projection is behind",
                "everything is stored, but the projection "
                        + projection.name()
                        + " does not show it yet");
    }
}
