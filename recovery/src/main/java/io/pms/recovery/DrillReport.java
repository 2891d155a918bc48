package io.pms.recovery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a drill found: how much would have been lost if the database had gone when it began, and how
 * long it took to serve again. One that did not get to its end says why among its problems, and
 * leaves unknown what it did not get to.
 *
 * @param time when it began
 * @param origin of the log; null where its archive could not be opened
 * @param events that were restored
 * @param root of the archive's tree, in base64; null likewise
 * @param rpoSeconds age of the living log's oldest event that was not in the archive, 0 when all
 *     were; null where nothing living was asked
 * @param restoreSeconds until the log was there, verified; null where it never was
 * @param rtoSeconds until queries showed all of it; null where they never did
 * @param compared entities that the living system shows the same
 * @param changed entities that have changed since, and were left out
 * @param activity events that the living system tells the same; null in reports of older software
 * @param logCompared events of the living log that are the archive's, by their rows; null where
 *     they are not, or were not compared
 * @param leftOut aggregates that queries do not show as they are, because events of theirs cannot
 *     be taken: of the projection that leaves out most; null where that was not found out
 * @param problems what is not as it should be; empty when all is well
 */
public record DrillReport(
        Instant time,
        @Nullable String origin,
        long events,
        @Nullable String root,
        @Nullable Double rpoSeconds,
        @Nullable Double restoreSeconds,
        @Nullable Double rtoSeconds,
        long compared,
        long changed,
        @Nullable Long activity,
        @Nullable Long logCompared,
        @Nullable Long leftOut,
        List<String> problems) {
    public DrillReport {
        problems = List.copyOf(problems);
    }

    public boolean ok() {
        return problems.isEmpty();
    }
}
