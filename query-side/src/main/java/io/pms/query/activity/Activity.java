package io.pms.query.activity;

import io.pms.entry.Entry;
import io.pms.entry.EntryTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Something that happened: an event as the log has it.
 *
 * @param type name and revision of the event, for example {@code pms.task.TaskRenamed.v1}
 * @param aggregateId what it happened to
 * @param time when it happened, UTC
 * @param recordedTime when it was recorded, UTC
 * @param actor opaque id of who did it
 * @param reason why, where it was said
 * @param data what the event says
 */
public record Activity(
        long position,
        String type,
        @Nullable String aggregateId,
        long sequence,
        String time,
        String recordedTime,
        @Nullable String actor,
        @Nullable String reason,
        JsonNode data) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public static Activity of(Entry entry) {
        return new Activity(
                entry.position(),
                entry.type(),
                entry.subject(),
                entry.sequence(),
                EntryTime.format(entry.timeMicros()),
                EntryTime.format(entry.recordedTimeMicros()),
                entry.actor(),
                reason(entry.metadata()),
                JSON.readTree(entry.data()));
    }

    private static @Nullable String reason(@Nullable String metadata) {
        if (metadata == null) return null;
        JsonNode reason = JSON.readTree(metadata).path("reason");
        return reason.isString() ? reason.stringValue() : null;
    }
}
