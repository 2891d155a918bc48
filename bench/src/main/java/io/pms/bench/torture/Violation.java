package io.pms.bench.torture;

/** An invariant that does not hold, and where. */
record Violation(Invariant invariant, String message) {
    @Override
    public String toString() {
        return invariant.label() + ": " + message;
    }
}
