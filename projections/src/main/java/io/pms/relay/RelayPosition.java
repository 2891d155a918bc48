package io.pms.relay;

import io.pms.entry.Entry;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far a log is published. It is written in the same transaction as the events.
 *
 * @param origin of the log
 * @param position the last position published, -1 before the first
 * @param entry which event that was: a log that has lost some may have another one there
 * @param partitions of the topic that the events went to; with another number the events of one
 *     aggregate would go to different partitions
 */
record RelayPosition(String origin, long position, @Nullable String entry, int partitions) {
    /** The position topic's only key: compaction keeps the last record of it. */
    static final byte[] KEY = "position".getBytes(StandardCharsets.UTF_8);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    RelayPosition at(Entry last) {
        return new RelayPosition(origin, last.position(), name(last), partitions);
    }

    /** Whether this was the last event published. */
    boolean isAt(Entry last) {
        return entry == null || entry.equals(name(last));
    }

    private static String name(Entry entry) {
        return entry.id() + "@" + entry.recordedTimeMicros();
    }

    byte[] bytes() {
        return JSON.writeValueAsBytes(this);
    }

    /** Null when a relay did not write that. */
    static @Nullable RelayPosition parse(byte[] bytes) {
        try {
            RelayPosition read = JSON.readValue(bytes, RelayPosition.class);
            return read.origin == null || read.partitions < 1 ? null : read;
        } catch (JacksonException e) {
            return null;
        }
    }
}
