package io.pms.bench;

/** What a round tells of a subject, and whether more of it is better. */
enum Measure {
    RATE("events/s", true),

    /** Of what a second of one core is used for by ours, the server not counted. */
    RATE_PER_CORE("events/s a core", true),
    P50("ms", false),
    P95("ms", false),
    P99("ms", false),

    /** What a query takes longer when it must wait for what it asks for. */
    WAIT_P50("ms", false),
    WAIT_P99("ms", false),

    /** An event's way into the log. */
    COMMIT_P50("ms", false),
    BY_ID_P95("ms", false),
    PAGE_P95("ms", false),
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
