package io.pms.log;

import org.jspecify.annotations.Nullable;

/**
 * An event before it has a position. The members are those of {@link io.pms.entry.Entry}.
 *
 * @param id null when the log is to make one: from the unit's command, else a UUIDv7
 * @param subject null for an event that belongs to no aggregate
 */
public record NewEvent(
        @Nullable String id,
        String type,
        @Nullable String subject,
        long sequence,
        long timeMicros,
        @Nullable String tenant,
        @Nullable String actor,
        @Nullable String correlationId,
        @Nullable String causationId,
        @Nullable String traceparent,
        @Nullable String metadata,
        @Nullable String dataContentType,
        byte[] data) {}
