package io.pms.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The projections of a running platform, as it tells of them. */
record PlatformProjections(PlatformClient client) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    /** A large log takes minutes. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** One of them. */
    record Status(String name, boolean caughtUp, boolean building) {
        private static Status of(JsonNode projection) {
            boolean complete = projection.path("complete").asBoolean();
            long missing =
                    projection.path("size").asLong() - 1 - projection.path("position").asLong();
            return new Status(
                    projection.path("name").asString(),
                    complete && missing == 0,
                    projection.path("building").isObject());
        }
    }

    List<Status> statuses() throws IOException, InterruptedException {
        JsonNode items = JSON.readTree(client.get("/api/projections")).path("items");
        return StreamSupport.stream(items.spliterator(), false).map(Status::of).toList();
    }

    /** Begins to build it again, unless that is under way. */
    void rebuild(String name) throws IOException, InterruptedException {
        client.post("/api/projections/" + name + "/rebuild");
    }

    /** Waits until all of them show the whole log, and none is being built. */
    void awaitCaughtUp() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (statuses().stream().anyMatch(each -> each.building() || !each.caughtUp())) {
            if (System.nanoTime() > deadline)
                throw new IllegalStateException("projections do not catch up: " + statuses());
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
        }
    }
}
