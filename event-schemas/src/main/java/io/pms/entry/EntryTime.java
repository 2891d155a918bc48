package io.pms.entry;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/**
 * Times of the log: microseconds since 1970-01-01T00:00:00Z, written in UTC with exactly six
 * decimals.
 */
public final class EntryTime {
    static final long MICROS_PER_SECOND = 1_000_000;

    private static final int SECONDS_A_DAY = 86_400;

    /** A digit where it has a 0. */
    private static final String FORM = "0000-00-00T00:00:00.000000Z";

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
        if (!hasForm(text))
            throw new DateTimeException("not a UTC time with six decimals: " + text);
        long day =
                LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                        .toEpochDay();
        int second =
                LocalTime.of(number(text, 11, 13), number(text, 14, 16), number(text, 17, 19))
                        .toSecondOfDay();
        return (day * SECONDS_A_DAY + second) * MICROS_PER_SECOND + number(text, 20, 26);
    }

    private static boolean hasForm(String text) {
        if (text.length() != FORM.length()) return false;
        for (int i = 0; i < FORM.length(); i++) {
            char form = FORM.charAt(i);
            char c = text.charAt(i);
            if (form == '0' ? c < '0' || c > '9' : c != form) return false;
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
