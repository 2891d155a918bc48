package io.pms.standalone;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares what happened, as a restored platform tells it, with what the living one tells: from the
 * restored position back they must tell the same, event by event. Of personal texts only whose they
 * are counts: their keys are not in the archive.
 */
final class ActivityComparison {
    /** Beyond it an organisation's events are not compared: each page is asked for twice. */
    static final int NEWEST = 100_000;

    /** More say nothing new. */
    private static final int MAX_PROBLEMS = 20;

    private final long size;
    private final List<String> problems = new ArrayList<>();
    private long compared;

    /**
     * @param size events that the restored platform has
     */
    ActivityComparison(long size) {
        this.size = size;
    }

    /** Compares the newest events of an organisation. */
    void compare(String tenant, PlatformClient living, PlatformClient restored) {
        compare(
                tenant,
                new ShownEntities(living, "/api/activity?"),
                new ShownEntities(restored, "/api/activity?"));
    }

    private void compare(String tenant, Iterator<JsonNode> living, Iterator<JsonNode> restored) {
        for (int i = 0; i < NEWEST && problems.size() < MAX_PROBLEMS; i++) {
            JsonNode alive = old(living);
            JsonNode again = restored.hasNext() ? restored.next() : null;
            if (alive == null && again == null) return;
            if (alive != null && again != null && own(alive).equals(own(again))) compared++;
            else if (differ(tenant, alive, again)) return;
        }
    }

    /** Events that were not in the archive come first. */
    private @Nullable JsonNode old(Iterator<JsonNode> events) {
        while (events.hasNext()) {
            JsonNode event = events.next();
            if (position(event) < size) return event;
        }
        return null;
    }

    /** Whether there is no sense in going on, because what follows is shifted. */
    private boolean differ(String tenant, @Nullable JsonNode alive, @Nullable JsonNode again) {
        long atAlive = alive == null ? -1 : position(alive);
        long atAgain = again == null ? -1 : position(again);
        problems.add(
                "%s activity: position %,d %s"
                        .formatted(
                                tenant,
                                Math.max(atAlive, atAgain),
                                atAlive == atAgain
                                        ? "is shown differently"
                                        : atAlive > atAgain
                                                ? "is not restored"
                                                : "is not in the living system"));
        return atAlive != atAgain;
    }

    private static long position(JsonNode event) {
        return event.path("position").asLong();
    }

    private static JsonNode own(JsonNode event) {
        if (!(event.path("data") instanceof ObjectNode data)) return event;
        ObjectNode own = (ObjectNode) event.deepCopy();
        for (Map.Entry<String, JsonNode> member : data.properties())
            if (member.getValue() instanceof ObjectNode text
                    && text.has("subject")
                    && text.has("text"))
                ((ObjectNode) own.path("data"))
                        .set(member.getKey(), text.deepCopy().retain(List.of("subject")));
        return own;
    }

    long compared() {
        return compared;
    }

    List<String> problems() {
        return problems;
    }
}
