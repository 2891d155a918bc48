package io.pms.query.activity;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

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
        JsonNode data) {}
