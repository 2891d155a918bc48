package io.pms.projection.runtime;

/** A build has another position than its worker thought: it must be looked at again. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RefusedException(Build build) {
        super("another position is stored for " + build);
    }
}
