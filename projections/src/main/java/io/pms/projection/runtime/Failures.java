package io.pms.projection.runtime;

import io.pms.projection.runtime.AppliedPositions.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why builds do not go on just now: what feeding them failed at, as long as they have not gone on
 * since, and what the last look at all of them failed at. Thread-safe.
 */
final class Failures {
    private static final Logger LOGGER = LoggerFactory.getLogger(Failures.class);

    private final Map<Build, String> reasons = new ConcurrentHashMap<>();
    private volatile Map<String, String> unseen = Map.of();

    void failed(Build build, Throwable failure) {
        warnFirst(build.partition().projection(), failure);
        reasons.put(build, reason(failure));
    }

    void wentOn(Build build) {
        reasons.remove(build);
    }

    /** What other builds of a version of a partition failed at does not matter any more. */
    void keepOnly(Place place, Set<Build> builds) {
        reasons.keySet()
                .removeIf(each ->
                        each.partition().equals(place.partition())
                                && each.version() == place.version()
                                && !builds.contains(each));
    }

    /**
     * The last look at the builds of all projections is over.
     *
     * @param failed by projection, where it could not see
     */
    void looked(Map<String, Throwable> failed) {
        failed.forEach(this::warnFirst);
        Map<String, String> now = new HashMap<>();
        failed.forEach((projection, failure) -> now.put(projection, reason(failure)));
        unseen = Map.copyOf(now);
    }

    private void warnFirst(String projection, Throwable failure) {
        if (of(projection) == null)
            LOGGER.warn("projection {} cannot go on; it tries again", projection, failure);
    }

    private static String reason(Throwable failure) {
        if (BuildStore.isFull(failure))
            return "Redis has no room (" + failure.getMessage() + "): give it more memory";
        return failure instanceof Error ? failure.toString() : String.valueOf(failure.getMessage());
    }

    /** One of a projection's reasons; null when all of it goes on. */
    @Nullable String of(String projection) {
        for (Map.Entry<Build, String> each : reasons.entrySet())
            if (each.getKey().partition().projection().equals(projection)) return each.getValue();
        return unseen.get(projection);
    }
}
