package io.pms.log;

import org.jspecify.annotations.Nullable;

/**
 * The state of an aggregate after an event, in a serializer's own form. It is not part of the log.
 *
 * @param sequence of the last event in it
 * @param aggregateType Axon's type of the aggregate
 * @param type what {@code data} is
 */
public record Snapshot(
        String aggregateId,
        long sequence,
        String id,
        long timeMicros,
        @Nullable String aggregateType,
        String type,
        @Nullable String revision,
        byte[] metadata,
        byte[] data) {}
