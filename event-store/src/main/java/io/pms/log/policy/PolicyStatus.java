package io.pms.log.policy;

import org.jspecify.annotations.Nullable;

/**
 * How a policy is, as far as this process runs it.
 *
 * @param segments how many of its segments this process has; the others are with others
 * @param position how far the slowest of them is; -1 before the first event, or without any
 * @param size how many events the log has
 * @param failure what it is failing at and tries again; null when it is well
 */
public record PolicyStatus(
        String name, int segments, long position, long size, @Nullable String failure) {
    /** Events that this process has still to handle. */
    public long lag() {
        return segments == 0 ? 0 : size - 1 - position;
    }
}
