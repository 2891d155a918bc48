package io.pms.projection.runtime;

import io.pms.entry.Entry;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The first event of an aggregate that a build could not take; it and what follows are left out.
 *
 * @param type name and revision of the event
 * @param reason what was wrong, in words
 */
public record ParkedEvent(long position, long sequence, String type, String reason) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static ParkedEvent of(Entry entry, String reason) {
        return new ParkedEvent(entry.position(), entry.sequence(), entry.type(), reason);
    }

    /** As it stands in Redis. */
    String text() {
        return JSON.writeValueAsString(this);
    }

    /** Null when it is not understood. */
    public static @Nullable ParkedEvent parse(String text) {
        try {
            return JSON.readValue(text, ParkedEvent.class);
        } catch (JacksonException e) {
            return null;
        }
    }
}
