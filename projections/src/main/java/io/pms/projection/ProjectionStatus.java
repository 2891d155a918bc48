package io.pms.projection;

import org.jspecify.annotations.Nullable;

/**
 * Where a projection is, as this process's worker knows it.
 *
 * @param position the last position that all partitions have applied, -1 before the first
 * @param size how many events the log has
 * @param complete whether every partition can answer queries
 * @param parkedAggregates aggregates whose events could not be taken and are left out
 * @param failure why it does not go on just now; null when it does
 */
public record ProjectionStatus(
        String name,
        int version,
        long position,
        long size,
        boolean complete,
        int parkedAggregates,
        @Nullable String failure) {
    static ProjectionStatus starting(Projection projection) {
        return new ProjectionStatus(projection.name(), projection.version(), -1, 0, false, 0, null);
    }

    ProjectionStatus failing(String reason) {
        return new ProjectionStatus(
                name, version, position, size, complete, parkedAggregates, reason);
    }

    /** Events that are in the log but not yet in the projection. */
    public long lagEvents() {
        return Math.max(0, size - 1 - position);
    }
}
