package io.pms.bench.torture;

/** What must hold of a log, whatever happens to its writers, its database and the wires between. */
enum Invariant {
    /** Positions are 0, 1, 2, … */
    GAP_FREE("gap-free"),
    /** Whoever has seen position n never finds anything new at or below n. */
    COMMIT_ORDERED("commit-ordered"),
    /** What was acknowledged is stored, exactly there. */
    ACKNOWLEDGED_IS_STORED("acknowledged-is-stored"),
    /** What was refused has left nothing and never will. */
    REFUSED_IS_NOT_STORED("refused-is-not-stored"),
    /** Repeating with the same key always ends in an answer. */
    UNKNOWN_IS_RESOLVED("unknown-is-resolved"),
    /** Event ids, the sequences of an aggregate and commands are there once. */
    NO_DUPLICATES("no-duplicates"),
    /** Who repeats a command is told what it was answered first. */
    FIRST_ANSWER("first-answer"),
    /** The events of a unit are neighbours, all of them or none. */
    WHOLE_UNITS("whole-units"),
    /** An aggregate's sequences are 0, 1, 2, … in the order of positions. */
    DENSE_STREAMS("dense-streams"),
    /** Recorded time never goes back. */
    RECORDED_TIME("recorded-time"),
    /** Every root that a head ever showed follows from the entries before it. */
    ROOTS("roots"),
    /** An append ends in one of the ways that its contract names. */
    DECLARED_OUTCOMES("declared-outcomes"),
    /** After a fault writers append and readers hear of it again, within bounded time. */
    PROGRESS("progress");

    private final String label;

    Invariant(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
