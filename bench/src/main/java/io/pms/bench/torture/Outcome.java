package io.pms.bench.torture;

/** What a writer was told of an append. */
sealed interface Outcome {
    /** Stored there. */
    record Acknowledged(long firstPosition, int events, long recordedTimeMicros)
            implements Outcome {}

    /** Not stored, and never will be. */
    record Refused(Reason reason) implements Outcome {}

    /** Stored or not: the log could not find out. */
    record Unknown() implements Outcome {}

    /** Nothing: it is under way, or the writer died first. Then it is as unknown as the other. */
    record Open() implements Outcome {}

    enum Reason {
        CONFLICT,
        DUPLICATE,
        UNAVAILABLE
    }

    default boolean isUnknown() {
        return this instanceof Unknown || this instanceof Open;
    }

    /** Whether it says that the unit's key is in the log for ever. */
    default boolean decides() {
        return switch (this) {
            case Acknowledged acknowledged -> true;
            case Refused refused -> refused.reason() == Reason.DUPLICATE;
            case Unknown unknown -> false;
            case Open open -> false;
        };
    }
}
