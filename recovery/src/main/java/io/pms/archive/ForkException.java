package io.pms.archive;

/**
 * An archive and a log, or two archivers, say different things about the same position. Nothing is
 * written any more until somebody has found out which is right.
 */
public final class ForkException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ForkException(String message) {
        super(message);
    }
}
