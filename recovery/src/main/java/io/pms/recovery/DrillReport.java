package io.pms.recovery;

import java.time.Instant;
import java.util.List;

/**
 * What a drill found: how much would have been lost if the database had gone when it began, and how
 * long it took to serve again.
 *
 * @param time when it began
 * @param origin of the log
 * @param events that were restored
 * @param root of their tree, in base64
 * @param rpoSeconds age of the oldest event that was not in the archive; 0 when all were
 * @param restoreSeconds until the log was there, verified
 * @param rtoSeconds until queries showed all of it
 * @param compared entities that the living system shows the same
 * @param changed entities that have changed since, and were left out
 * @param problems what is not as it should be; empty when all is well
 */
public record DrillReport(
        Instant time,
        String origin,
        long events,
        String root,
        double rpoSeconds,
        double restoreSeconds,
        double rtoSeconds,
        long compared,
        long changed,
        List<String> problems) {
    public DrillReport {
        problems = List.copyOf(problems);
    }

    public boolean ok() {
        return problems.isEmpty();
    }
}
