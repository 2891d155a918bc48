package io.pms.projection.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a projection is, whichever processes feed it.
 *
 * @param version the newest that this software knows
 * @param position the last position that all partitions show, -1 before the first
 * @param size how many events the log has
 * @param complete whether every partition answers queries
 * @param parkedAggregates aggregates whose events could not be taken and are left out
 * @param failure why it does not go on just now, as far as this process knows, for example because
 *     nobody feeds it; null when it does
 * @param building what is being built beside or instead of what answers; null when nothing is
 */
public record ProjectionStatus(
        String name,
        int version,
        long position,
        long size,
        boolean complete,
        int parkedAggregates,
        @Nullable String failure,
        @Nullable Building building,
        List<Share> partitions) {
    public ProjectionStatus {
        partitions = List.copyOf(partitions);
    }

    /**
     * Progress of building.
     *
     * @param partitions how many are being built
     * @param events how many of the log's events are in it, on the average of these partitions
     * @param of how many the log has
     * @param eventsPerSecond how fast it is just now; 0 when that is not known yet
     * @param secondsLeft when it is there at that rate; null when that is not known
     */
    public record Building(
            int version,
            int partitions,
            long events,
            long of,
            long eventsPerSecond,
            @Nullable Long secondsLeft) {}

    /**
     * A share of the organisations.
     *
     * @param servingVersion the version whose data answers; null when none does
     * @param servingGeneration which build of the partition that is, each later one has a greater
     *     number; null when none does
     * @param position the last position that it shows, -1 before the first
     * @param worker the process that feeds the newest version; null for nobody
     * @param lagEvents events in the log behind that position
     * @param lagSeconds age of the oldest of them
     */
    public record Share(
            int number,
            @Nullable Integer servingVersion,
            @Nullable Long servingGeneration,
            long position,
            @Nullable String worker,
            int parkedAggregates,
            long lagEvents,
            double lagSeconds) {}

    /** Events that are in the log but not yet in every partition. */
    public long lagEvents() {
        return partitions.stream().mapToLong(Share::lagEvents).max().orElse(0);
    }

    /** Age of the oldest of them. */
    public double lagSeconds() {
        return partitions.stream().mapToDouble(Share::lagSeconds).max().orElse(0);
    }
}
