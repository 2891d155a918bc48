package io.pms.tlog;

/**
 * What should prove something does not: hashes lead to another root than the trusted one, or there
 * are more or fewer of them than the sizes ask for. Somebody changed the log, the proof, or both.
 */
public final class ProofException extends RuntimeException {
    ProofException(String message) {
        super(message);
    }

    ProofException(String what, Hash expected, Hash found) {
        super(what + ": root " + found + ", and not " + expected);
    }
}
