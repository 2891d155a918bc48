package io.pms.bench;

/** What a round tells of a subject, and whether more of it is better. */
enum Measure {
    RATE("events/s", true),
    P50("ms", false),
    P95("ms", false),
    P99("ms", false),
    REQUESTS("requests/s", true),

    /** How often a request is sent until it is granted. */
    ATTEMPTS("attempts", false),

    /** What the slowest client gets of what each would get if all got the same. */
    SLOWEST_SHARE("of a fair share", true),
    DISK("bytes/event", false);

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
