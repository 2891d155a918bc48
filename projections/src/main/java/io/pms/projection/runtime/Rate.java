package io.pms.projection.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a number grows, over the last seconds in which it was looked at. */
final class Rate {
    private static final long OVER_NANOS = Duration.ofSeconds(5).toNanos();

    private record Seen(long nanos, long events) {}

    private final Deque<Seen> seen = new ArrayDeque<>();

    /**
     * @param nanos of a clock that never jumps
     * @return events a second; 0 when that is not known yet
     */
    long perSecond(long events, long nanos) {
        while (seen.size() > 1 && nanos - seen.getFirst().nanos() > OVER_NANOS) seen.removeFirst();
        seen.addLast(new Seen(nanos, events));
        Seen first = seen.getFirst();
        double seconds = (nanos - first.nanos()) / 1e9;
        return seconds <= 0 ? 0 : Math.max(0, Math.round((events - first.events()) / seconds));
    }
}
