package io.pms.log.axon;

import java.util.Set;

/**
 * The keys of Axon's metadata that the log knows. An event's other metadata, texts all of it, is
 * kept too, in the entry's {@code metadata} attribute.
 */
public final class EventMetadata {
    public static final String TENANT = "tenant";
    public static final String ACTOR = "actor";

    /** The id of the command, as the text of a UUID; it makes the ids of the command's events. */
    public static final String COMMAND_ID = "commandId";

    /** SHA-256 of the command's body in hexadecimal; kept for 24 hours and never in an entry. */
    public static final String BODY_HASH = "bodyHash";

    /** Business time, ISO 8601; without it an event happens when it is applied. */
    public static final String OCCURRED_AT = "occurredAt";

    public static final String CORRELATION_ID = "correlationId";
    public static final String CAUSATION_ID = "causationId";
    public static final String TRACEPARENT = "traceparent";

    /**
     * Why, in the actor's words. It has no attribute of its own and travels with the other
     * metadata.
     */
    public static final String REASON = "reason";

    /** The sequence that the aggregate must have, for the command alone; never in an entry. */
    public static final String IF_MATCH = "ifMatch";

    /** What has a place of its own in the log, or none at all. */
    static final Set<String> KNOWN =
            Set.of(
                    TENANT,
                    ACTOR,
                    COMMAND_ID,
                    BODY_HASH,
                    OCCURRED_AT,
                    CORRELATION_ID,
                    CAUSATION_ID,
                    TRACEPARENT,
                    IF_MATCH);

    private EventMetadata() {}
}
