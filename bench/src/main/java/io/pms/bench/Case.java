package io.pms.bench;

import java.util.List;

/**
 * What is compared with what.
 *
 * @param clients how many clients ours has
 * @param comparisons one line of the report for each peer that has the measure
 */
record Case(int clients, Subject ours, List<Subject> peers, List<Comparison> comparisons) {
    Case {
        peers = List.copyOf(peers);
        comparisons = List.copyOf(comparisons);
    }

    /**
     * One measure of ours against one of a peer's, nearly always the same one.
     *
     * @param name the report's {@code case}
     */
    record Comparison(String name, Measure ours, Measure peers) {
        Comparison(String name, Measure measure) {
            this(name, measure, measure);
        }
    }
}
