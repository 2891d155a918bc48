package io.pms.entry;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Times of the log: microseconds since 1970-01-01T00:00:00Z, written in UTC with exactly six
 * decimals.
 */
public final class EntryTime {
    static final long MICROS_PER_SECOND = 1_000_000;

    /**
     * 0001-01-01T00:00:00Z and the last microsecond of 9999: what four digits of a year can say.
     */
    private static final long MIN =
            Instant.parse("0001-01-01T00:00:00Z").getEpochSecond() * MICROS_PER_SECOND;

    private static final long MAX =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() * MICROS_PER_SECOND + 999_999;

    private EntryTime() {}

    /** Fractions of a microsecond are cut off. */
    public static long toMicros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant.truncatedTo(ChronoUnit.MICROS));
    }

    public static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /**
     * @throws IllegalArgumentException outside of the years 1 to 9999
     */
    static void requireFourDigitYear(long micros) {
        if (micros < MIN || micros > MAX)
            throw new IllegalArgumentException(
                    "a time outside of the years 1 to 9999: " + micros + " µs");
    }

    /**
     * For example {@code 2026-11-23T08:00:00.000000Z}.
     *
     * @throws IllegalArgumentException outside of the years 1 to 9999
     */
    public static String format(long micros) {
        EntryBuffer text = new EntryBuffer(27);
        text.time(micros);
        return new String(text.bytes(), 0, text.length(), StandardCharsets.US_ASCII);
    }

    /**
     * @throws DateTimeException when the text is not exactly of that form
     */
    public static long parse(String text) {
        if (text.length() != 27 || text.charAt(19) != '.' || text.charAt(26) != 'Z')
            throw new DateTimeException("not a UTC time with six decimals: " + text);
        LocalDateTime time = LocalDateTime.parse(text.substring(0, 19));
        return time.toEpochSecond(ZoneOffset.UTC) * MICROS_PER_SECOND
                + Integer.parseUnsignedInt(text, 20, 26, 10);
    }
}
