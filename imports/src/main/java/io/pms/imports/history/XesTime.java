package io.pms.imports.history;

import io.pms.event.SourceAttribute;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A time of a log.
 *
 * @param instant a time without offset is taken for UTC
 * @param exact whether the instant, in microseconds, says all that the text says but its offset
 */
record XesTime(Instant instant, boolean exact) {
    /** Null when it is not a time. */
    static @Nullable XesTime of(SourceAttribute attribute) {
        String text = attribute.value();
        if (text == null) return null;
        try {
            return of(OffsetDateTime.parse(text.strip()).toInstant(), true);
        } catch (DateTimeParseException withoutOffset) {
            try {
                return of(LocalDateTime.parse(text.strip()).toInstant(ZoneOffset.UTC), false);
            } catch (DateTimeParseException notATime) {
                return null;
            }
        }
    }

    private static XesTime of(Instant instant, boolean exact) {
        Instant micros = instant.truncatedTo(ChronoUnit.MICROS);
        return new XesTime(micros, exact && micros.equals(instant));
    }
}
