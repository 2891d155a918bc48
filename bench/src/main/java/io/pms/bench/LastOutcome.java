package io.pms.bench;

import org.jspecify.annotations.Nullable;

/** A subject whose last round another one needs. */
final class LastOutcome implements Subject {
    private final String name;
    private final Round round;
    private @Nullable Outcome last;

    LastOutcome(String name, Round round) {
        this.name = name;
        this.round = round;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Outcome round() throws Exception {
        Outcome outcome = round.run();
        last = outcome;
        return outcome;
    }

    /** What came of its last round. */
    Outcome last() {
        if (last == null) throw new IllegalStateException(name + " has not been measured");
        return last;
    }
}
