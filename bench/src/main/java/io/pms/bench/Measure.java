package io.pms.bench;

/** What a round tells of a subject, and whether more of it is better. */
enum Measure {
    RATE("events/s", true),
    P50("ms", false),
    P99("ms", false);

    final String unit;
    private final boolean moreIsBetter;

    Measure(String unit, boolean moreIsBetter) {
        this.unit = unit;
        this.moreIsBetter = moreIsBetter;
    }

    /** Above 1 when ours is better. */
    double ratio(double ours, double peers) {
        return moreIsBetter ? ours / peers : peers / ours;
    }
}
