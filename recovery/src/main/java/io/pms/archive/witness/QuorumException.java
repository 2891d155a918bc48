package io.pms.archive.witness;

/** Fewer witnesses cosigned a checkpoint than must; it is not published. Trying again may help. */
public final class QuorumException extends RuntimeException {
    private static final long serialVersionUID = 1;

    QuorumException(String message) {
        super(message);
    }
}
