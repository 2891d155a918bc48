package io.pms.imports.history;

import io.pms.event.SourceAttribute;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trace as a task and what happened to it.
 *
 * @param attributes those of the trace that are not the task's name
 */
record TaskEvents(String name, List<SourceAttribute> attributes, List<Change> changes) {
    TaskEvents {
        attributes = List.copyOf(attributes);
        changes = List.copyOf(changes);
    }

    /**
     * An event.
     *
     * @param resource the name of who did it; null when it does not say
     * @param attributes those that have no field of their own
     */
    record Change(
            int line,
            String status,
            @Nullable String resource,
            @Nullable Instant time,
            List<SourceAttribute> attributes) {
        Change {
            attributes = List.copyOf(attributes);
        }
    }

    List<String> statuses() {
        return changes.stream().map(Change::status).toList();
    }
}
