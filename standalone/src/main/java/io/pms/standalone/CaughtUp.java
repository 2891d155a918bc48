package io.pms.standalone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Waits until the queries of a platform show a whole log, however long that takes, as long as they
 * get on. Nothing else needs to be well: what projections leave out they would leave out for ever.
 */
final class CaughtUp {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final PlatformClient platform;
    private final Duration patience;

    /**
     * @param patience how long they may stand still
     */
    CaughtUp(PlatformClient platform, Duration patience) {
        this.platform = platform;
        this.patience = patience;
    }

    /**
     * How many aggregates each projection of a platform leaves out, because it cannot take an event
     * of theirs.
     */
    static Map<String, Long> leftOut(PlatformClient platform) throws InterruptedException {
        Map<String, Long> leftOut = new TreeMap<>();
        for (JsonNode each : projections(platform))
            leftOut.put(each.path("name").asString(""), each.path("parkedAggregates").asLong());
        return leftOut;
    }

    /**
     * @param size events of the log
     * @throws IllegalStateException when they do not get on; it says why, as far as the platform
     *     knows
     */
    void await(long size) throws InterruptedException {
        long reached = Long.MIN_VALUE;
        long since = System.nanoTime();
        for (JsonNode now = projections(platform); !show(now, size); now = projections(platform)) {
            long events = events(now);
            if (events != reached) {
                reached = events;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > patience.toNanos())
                throw new IllegalStateException(standstill(now));
            Thread.sleep(LOOK_EVERY);
        }
    }

    private static JsonNode projections(PlatformClient platform) throws InterruptedException {
        return platform.get("/api/projections").path("items");
    }

    private static boolean show(JsonNode projections, long size) {
        return projections.valueStream().allMatch(each -> shows(each, size));
    }

    private static boolean shows(JsonNode projection, long size) {
        return projection.path("complete").asBoolean()
                && projection.path("position").asLong() >= size - 1;
    }

    /** Changes when anything gets on. */
    private static long events(JsonNode projections) {
        long events = 0;
        for (JsonNode each : projections) {
            events += each.at("/building/events").asLong(0);
            for (JsonNode share : each.path("partitions"))
                events += share.path("position").asLong();
        }
        return events;
    }

    private String standstill(JsonNode projections) throws InterruptedException {
        List<String> reasons = new ArrayList<>();
        for (JsonNode each : projections) reasons.add(how(each));
        for (Map.Entry<String, JsonNode> detail : platform.health().path("details").properties())
            reasons.add(detail.getKey() + ": " + detail.getValue().asString());
        return "queries do not show everything and have not got on for %,d s: %s"
                .formatted(patience.toSeconds(), String.join("; ", reasons));
    }

    private static String how(JsonNode projection) {
        String failure = projection.path("failure").asString("");
        return "%s shows %,d of %,d events%s"
                .formatted(
                        projection.path("name").asString(""),
                        projection.path("position").asLong() + 1,
                        projection.path("size").asLong(),
                        failure.isEmpty() ? "" : " (" + failure + ")");
    }
}
