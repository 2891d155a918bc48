package io.pms.projection.runtime;

import io.pms.projection.runtime.AppliedPositions.Place;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why builds do not go on just now. Thread-safe. */
final class Failures {
    private static final Logger LOGGER = LoggerFactory.getLogger(Failures.class);

    private final Map<Place, String> reasons = new ConcurrentHashMap<>();

    void failed(Place place, RuntimeException failure) {
        String reason =
                BuildStore.isFull(failure)
                        ? "Redis has no room (" + failure.getMessage() + "): give it more memory"
                        : String.valueOf(failure.getMessage());
        String projection = place.partition().projection();
        if (of(projection) == null)
            LOGGER.warn("projection {} cannot go on; it tries again", projection, failure);
        reasons.put(place, reason);
    }

    void wentOn(Place place) {
        reasons.remove(place);
    }

    /** One of a projection's reasons; null when all of it goes on. */
    @Nullable String of(String projection) {
        for (Map.Entry<Place, String> each : reasons.entrySet())
            if (each.getKey().partition().projection().equals(projection)) return each.getValue();
        return null;
    }
}
