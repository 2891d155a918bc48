package io.pms.relay;

import io.pms.entry.Entry;
import io.pms.entry.EntryTime;
import io.pms.log.EventLog;
import io.pms.relay.RelayStatus.State;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What a relay knows of itself, for those who ask meanwhile. Thread-safe. */
final class RelayProgress {
    private final String topic;
    private final InstantSource clock;
    private volatile State state = State.CONNECTING;
    private volatile long position = -1;
    private volatile long size;
    private volatile @Nullable Waiting oldest;
    private volatile @Nullable String failure;

    /** An event that was not published when it was looked at. */
    private record Waiting(long position, long recordedTimeMicros) {}

    RelayProgress(String topic, InstantSource clock) {
        this.topic = topic;
        this.clock = clock;
    }

    void is(State newState) {
        state = newState;
    }

    /** What goes wrong stays to be seen until something has gone well. */
    void failing(State newState, String reason) {
        state = newState;
        failure = reason;
    }

    void goesWell() {
        failure = null;
    }

    @Nullable String failure() {
        return failure;
    }

    void published(long newPosition) {
        position = newPosition;
    }

    void logHas(long newSize) {
        size = newSize;
    }

    /** The first entry after the published position. */
    void waiting(Entry entry) {
        oldest = new Waiting(entry.position(), entry.recordedTimeMicros());
    }

    /** Finds out what the log has and since when its first unpublished event waits. */
    void lookAt(EventLog log) {
        size = Math.max(size, log.head().size());
        long next = position + 1;
        Waiting known = oldest;
        boolean isKnown = known != null && known.position == next;
        if (!isKnown && size > next) log.read(next, 1).forEach(this::waiting);
    }

    RelayStatus status() {
        return new RelayStatus(state, topic, position, size, lagSeconds(), failure);
    }

    private double lagSeconds() {
        Waiting known = oldest;
        long next = position + 1;
        if (known == null || known.position < next || size <= next) return 0;
        Duration age =
                Duration.between(EntryTime.toInstant(known.recordedTimeMicros), clock.instant());
        return Math.max(0, age.toMillis() / 1_000.0);
    }
}
