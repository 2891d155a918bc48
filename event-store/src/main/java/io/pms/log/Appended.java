package io.pms.log;

/**
 * Where a unit's events are.
 *
 * @param firstPosition position of the first, or the log's size when the unit had none
 * @param events how many there are, next to each other
 * @param recordedTimeMicros their recorded time
 */
public record Appended(long firstPosition, int events, long recordedTimeMicros) {
    /** Position of the last event; the last position before it for a unit without events. */
    public long lastPosition() {
        return firstPosition + events - 1;
    }
}
