package io.pms.archive.witness;

/** A witness did not cosign. */
final class WitnessException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean contradiction;

    private WitnessException(String message, boolean contradiction) {
        super(message);
        this.contradiction = contradiction;
    }

    /** It cannot, or will not. */
    static WitnessException refusal(String message) {
        return new WitnessException(message, false);
    }

    /** It says that it has seen another history of the log than this one. */
    static WitnessException contradiction(String message) {
        return new WitnessException(message, true);
    }

    boolean isContradiction() {
        return contradiction;
    }
}
