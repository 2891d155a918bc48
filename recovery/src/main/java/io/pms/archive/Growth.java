package io.pms.archive;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When this process saw the log grow, by a clock that never jumps: so the age of an event does not
 * hang on what any clock showed when it was recorded. An event may be told to be older than it is,
 * never to be younger than it was seen. Not thread-safe.
 */
final class Growth {
    /** Growth within this time counts as one: finer ages help nobody. */
    private static final long STEP_NANOS = 10_000_000;

    /** While nothing is archived, pairs become one when there are so many: long ago is coarse. */
    static final int MAX_STEPS = 512;

    private final List<Step> steps = new ArrayList<>();
    private long from = -1;

    /** Events below this size, and not below the one before it, were there at that time. */
    private record Step(long size, long nanos) {}

    /** The log had this size then; the first size that is seen says nothing of older events. */
    void seen(long size, long nanos) {
        if (from < 0) from = size;
        Step last = steps.isEmpty() ? null : steps.getLast();
        if (size <= (last == null ? from : last.size())) return;
        if (last != null && nanos - last.nanos() < STEP_NANOS)
            steps.set(steps.size() - 1, new Step(size, last.nanos()));
        else steps.add(new Step(size, nanos));
        if (steps.size() > MAX_STEPS) join();
    }

    /** Two steps become one, of the older's time. */
    private void join() {
        List<Step> joined = new ArrayList<>();
        for (int i = 0; i + 1 < steps.size(); i += 2)
            joined.add(new Step(steps.get(i + 1).size(), steps.get(i).nanos()));
        if (steps.size() % 2 == 1) joined.add(steps.getLast());
        steps.clear();
        steps.addAll(joined);
    }

    /** Nobody will ask for events below this position again. */
    void forget(long position) {
        steps.removeIf(step -> step.size() <= position);
        if (from >= 0) from = Math.max(from, position);
    }

    /** When the event at this position was seen; null when it was there before. */
    @Nullable Long seenAt(long position) {
        if (position < from) return null;
        for (Step step : steps) if (step.size() > position) return step.nanos();
        return null;
    }

    /** The log has lost events: what was seen before says nothing. */
    void clear() {
        steps.clear();
        from = -1;
    }
}
