package io.pms.standalone;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import tools.jackson.databind.JsonNode;

/** Looks at the projections of a running platform, and has them built again. */
@Command(
        name = "projections",
        description = {
            "Show how far the projections of a running platform are.",
            "Acts as PMS_TENANT and PMS_ACTOR (both: default)."
        },
        mixinStandardHelpOptions = true)
final class ProjectionsCommand implements Callable<Integer> {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /**
     * What is being built is seen at once, but a process behind the same address may have looked
     * before. After this it was given up: Redis has lost it.
     */
    private static final Duration UNSEEN = Duration.ofSeconds(30);

    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            description = "where the platform is (default: ${DEFAULT-VALUE})",
            defaultValue = "${env:PMS_URL:-http://127.0.0.1:3000}")
    private URI url = URI.create("http://127.0.0.1:3000");

    @Override
    public Integer call() throws InterruptedException {
        try (PlatformClient platform = new PlatformClient(url)) {
            System.out.printf(
                    "%-10s %7s %12s %12s %9s %7s  %s%n",
                    "projection", "version", "position", "lag events", "lag s", "parked", "state");
            for (JsonNode each : platform.get("/api/projections").path("items")) show(each);
        }
        return 0;
    }

    private static void show(JsonNode projection) {
        long lag = 0;
        double seconds = 0;
        for (JsonNode share : projection.path("partitions")) {
            lag = Math.max(lag, share.path("lagEvents").asLong());
            seconds = Math.max(seconds, share.path("lagSeconds").asDouble());
        }
        System.out.printf(
                "%-10s %7d %,12d %,12d %9.1f %7d  %s%n",
                projection.path("name").asString(),
                projection.path("version").asInt(),
                projection.path("position").asLong(),
                lag,
                seconds,
                projection.path("parkedAggregates").asInt(),
                state(projection));
    }

    private static String state(JsonNode projection) {
        String failure = projection.path("failure").asString("");
        if (!failure.isEmpty()) return "does not go on: " + failure;
        JsonNode building = projection.path("building");
        if (building.isObject())
            return "building version %d: %,d of %,d events"
                    .formatted(
                            building.path("version").asInt(),
                            building.path("events").asLong(),
                            building.path("of").asLong());
        return projection.path("complete").asBoolean() ? "serves" : "waits for a worker";
    }

    @Command(
            name = "rebuild",
            description = {
                "Build a projection again from the log, and show how far it is.",
                "What is there goes on answering until the new one has caught up."
            },
            mixinStandardHelpOptions = true)
    int rebuild(@Parameters(paramLabel = "NAME", description = "for example tasks") String name)
            throws InterruptedException {
        ProgressBar bar = new ProgressBar(System.err, System.console() != null);
        try (PlatformClient platform = new PlatformClient(url)) {
            String path = "/api/projections/" + encoded(name);
            long start = System.nanoTime();
            JsonNode begun = platform.post(path + "/rebuild");
            JsonNode status = begun.path("projection");
            for (long seen = start; !serves(status, begun); status = platform.get(path)) {
                if (status.path("building").isObject()) seen = System.nanoTime();
                else requireNotLost(seen);
                show(bar, name, status.path("building"));
                if (!status.path("failure").asString("").isEmpty()) warn(bar, status);
                Thread.sleep(LOOK_EVERY);
            }
            bar.end();
            System.out.printf(
                    "%s is built: %,d events in %.1f s%n",
                    name, status.path("position").asLong() + 1, (System.nanoTime() - start) / 1e9);
            return 0;
        }
    }

    /** Whether what has begun, or what was begun after it, answers in every partition. */
    private static boolean serves(JsonNode status, JsonNode begun) {
        for (JsonNode share : status.path("partitions"))
            if (share.path("servingGeneration").asLong(-1)
                    < begun.path("generations").path(share.path("number").asInt()).asLong())
                return false;
        return true;
    }

    /**
     * @param seen when it was seen for the last time that something is being built
     */
    private static void requireNotLost(long seen) {
        if (System.nanoTime() - seen > UNSEEN.toNanos())
            throw new IllegalStateException(
                    "the rebuild was interrupted; it begins again by itself: ./pms projections shows how far it is");
    }

    private static void show(ProgressBar bar, String name, JsonNode building) {
        if (!building.isObject()) return; // what answers may be older than what was begun
        String left =
                building.path("secondsLeft").isNumber()
                        ? ", %,d/s, %d s left"
                                .formatted(
                                        building.path("eventsPerSecond").asLong(),
                                        building.path("secondsLeft").asLong())
                        : "";
        bar.show(
                "building " + name,
                building.path("events").asLong(),
                building.path("of").asLong(),
                left);
    }

    private static void warn(ProgressBar bar, JsonNode status) {
        bar.end();
        System.err.println("- it does not go on: " + status.path("failure").asString());
    }

    @Command(
            name = "parked",
            description = {
                "List the organisation's aggregates that a projection leaves out, or show one with its events.",
                "A rebuild takes in what the software can read meanwhile."
            },
            mixinStandardHelpOptions = true)
    int parked(
            @Parameters(paramLabel = "NAME", description = "for example tasks") String name,
            @Parameters(paramLabel = "AGGREGATE", arity = "0..1", description = "one of the list")
                    @Nullable String aggregate)
            throws InterruptedException {
        String path = "/api/projections/" + encoded(name) + "/parked";
        try (PlatformClient platform = new PlatformClient(url)) {
            if (aggregate == null) {
                JsonNode list = platform.get(path + "?limit=200");
                for (JsonNode item : list.path("items")) System.out.println(item);
                int more = list.path("total").asInt() - list.path("items").size();
                System.err.println(
                        "- "
                                + list.path("total").asInt()
                                + " left out"
                                + (more > 0 ? ", the last " + more + " are not shown" : ""));
            } else {
                JsonNode found = platform.get(path + "/" + encoded(aggregate));
                System.out.println(found.path("parked"));
                for (JsonNode event : found.path("events")) System.out.println(event);
            }
        }
        return 0;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
