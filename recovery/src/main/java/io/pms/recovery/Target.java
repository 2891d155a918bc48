package io.pms.recovery;

import io.pms.entry.EntryTime;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** Up to where a log is restored. */
public sealed interface Target {
    /** All that the archive has: the log goes on as what it was. */
    record Latest() implements Target {}

    /**
     * @param last the last position that is kept
     */
    record Position(long last) implements Target {
        public Position {
            if (last < 0) throw new IllegalArgumentException("there is no position " + last);
        }
    }

    /**
     * @param micros recorded time of what is kept, at most; microseconds since 1970
     */
    record RecordedTime(long micros) implements Target {}

    /**
     * Reads {@code latest}, a position, or a time of ISO 8601 with its zone: {@code
     * 2026-11-23T08:00:00Z} or {@code 2026-11-23T09:00+01:00}.
     *
     * @throws IllegalArgumentException when it is none of them
     */
    static Target parse(String text) {
        if (text.equals("latest")) return new Latest();
        if (text.matches("[0-9]{1,18}")) return new Position(Long.parseLong(text));
        try {
            return new RecordedTime(EntryTime.toMicros(OffsetDateTime.parse(text).toInstant()));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "--to is latest, a position, or a time with its zone such as 2026-11-23T08:00:00Z, not "
                            + text,
                    e);
        }
    }
}
