package io.pms.query;

import io.pms.http.Caller;
import io.pms.http.Problem;
import io.pms.log.EventLog;
import io.pms.projection.Projection;
import io.pms.projection.runtime.Projections;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * Reading your own writes: a query that carries {@code PMS-Min-Position} is answered from data that
 * hold that position. Thread-safe.
 */
public final class Freshness {
    private static final String MIN_POSITION = "PMS-Min-Position";

    /** A projection is milliseconds behind, or has a problem. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Projections projections;
    private final EventLog log;

    Freshness(Projections projections, EventLog log) {
        this.projections = projections;
        this.log = log;
    }

    /**
     * Waits until the projection holds what the request asks for.
     *
     * @throws Problem 400 when that is beyond the log's head, 503 when it takes too long
     */
    public void await(HttpServletRequest request, Caller caller, Projection projection) {
        Long position = minPosition(request.getHeader(MIN_POSITION));
        if (position == null) return;
        if (reached(projection, caller, position, Duration.ZERO)) return;
        long size = LogReads.guarded(() -> log.head().size());
        if (position >= size) throw beyond(position, size);
        if (!reached(projection, caller, position, LONGEST_WAIT)) throw behind(position);
    }

    /**
     * An answer that tells its position in {@code PMS-Position}.
     *
     * @throws Problem 503 when the data do not hold what the request asks for: they did when it was
     *     waited for, but Redis came back with less
     */
    public static <T> ResponseEntity<T> answer(HttpServletRequest request, T body, long position) {
        requireHeld(request, position);
        return ResponseEntity.ok()
                .header("PMS-Position", String.valueOf(position))
                .header("Cache-Control", "no-cache")
                .body(body);
    }

    /**
     * The same for one entity, with its version as the entity tag that commands take. The version
     * is the entity's own: what is shown beside it (sums, activity) changes without it, and so
     * nothing may be kept to be compared by it.
     */
    public static <T> ResponseEntity<T> versioned(
            HttpServletRequest request, T body, long sequence, long position) {
        requireHeld(request, position);
        return ResponseEntity.ok()
                .eTag("\"" + sequence + "\"")
                .header("PMS-Position", String.valueOf(position))
                .header("Cache-Control", "no-store")
                .body(body);
    }

    private static void requireHeld(HttpServletRequest request, long position) {
        Long wanted = minPosition(request.getHeader(MIN_POSITION));
        if (wanted != null && wanted > position) throw behind(wanted);
    }

    private boolean reached(Projection projection, Caller caller, long position, Duration timeout) {
        return Reads.guarded(() -> {
            try {
                return projections.await(projection.name(), caller.tenant(), position, timeout);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        });
    }

    private static @Nullable Long minPosition(@Nullable String header) {
        if (header == null) return null;
        try {
            long position = Long.parseLong(header);
            if (position >= -1) return position;
        } catch (NumberFormatException e) {
            // told below
        }
        throw new Problem(
                400,
                "bad-header",
                "A header is malformed",
                MIN_POSITION + " must be the PMS-Position of an answer");
    }

    private static Problem beyond(long position, long size) {
        return new Problem(
                400,
                "position-beyond-head",
                "No such position",
                MIN_POSITION + " is " + position + ", but the log ends at " + (size - 1));
    }

    private static Problem behind(long position) {
        return new Problem(
                        503,
                        "projection-behind",
                        "The projection is behind",
                        "the query's data do not hold position "
                                + position
                                + " yet; try again, or leave out "
                                + MIN_POSITION
                                + " to see what there is")
                .retryAfter(1);
    }
}
