package io.pms.command;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command and what surrounds it.
 *
 * @param tenant the organisation
 * @param actor opaque id of the person who acts
 * @param idempotencyKey names this one request, for ever, within the tenant; null lets the server
 *     make one
 * @param ifMatch the sequence that the aggregate must have; null for any
 * @param reason why, in the actor's words
 * @param occurredAt business time; null for now
 * @param traceparent W3C trace context of the caller
 * @param bodyHash SHA-256 of the key and the body as it came; refuses the key with another body for
 *     24 hours
 */
public record CommandRequest(
        Command command,
        String tenant,
        String actor,
        @Nullable String idempotencyKey,
        @Nullable Long ifMatch,
        @Nullable String reason,
        @Nullable Instant occurredAt,
        @Nullable String traceparent,
        Map<String, String> metadata,
        byte @Nullable [] bodyHash) {
    public CommandRequest {
        metadata = Map.copyOf(metadata);
    }

    /** The aggregate that the command is for. */
    public String aggregateId() {
        return command.aggregateId(tenant);
    }
}
