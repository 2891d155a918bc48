package io.pms.entry;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One recorded event: everything that its canonical encoding says. Immutable by convention: {@code
 * data} is not copied and must not be changed.
 *
 * @param logId which log it is in; the CloudEvents {@code source} follows from it
 * @param position place in the log: 0, 1, 2, … without gaps
 * @param recordedTimeMicros when it was committed, microseconds since 1970-01-01T00:00:00Z; never
 *     decreases with position
 * @param timeMicros business time, microseconds since 1970-01-01T00:00:00Z; may lie in the past
 * @param id unique in the log; the text of a UUID, except in foreign events
 * @param type stable name and revision, for example {@code pms.task.TaskRenamed.v1}
 * @param subject aggregate id; null for an event that belongs to no aggregate
 * @param sequence place in the aggregate's stream; 0, 1, 2, …; 0 for an event that belongs to no
 *     aggregate
 * @param tenant the organisation
 * @param actor opaque id of the person who acted
 * @param commandId first 16 bytes of SHA-256(tenant ‖ 0 ‖ idempotency key); null for events without
 *     a command
 * @param metadata what else was said about it (a reason, an import's digest), as the text of a JSON
 *     object; null when nothing
 * @param dataContentType null means {@code application/json}
 * @param data the payload's bytes as they were written first; never serialised again
 */
public record Entry(
        int logId,
        long position,
        long recordedTimeMicros,
        long timeMicros,
        String id,
        String type,
        @Nullable String subject,
        long sequence,
        @Nullable String tenant,
        @Nullable String actor,
        @Nullable UUID commandId,
        @Nullable String correlationId,
        @Nullable String causationId,
        @Nullable String traceparent,
        @Nullable String metadata,
        @Nullable String dataContentType,
        byte[] data) {}
