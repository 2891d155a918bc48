package io.pms.archive;

/**
 * A store does not show what was written to it before: it answers from a cache or a replica that
 * lags, or somebody took something away. Nothing is wrong with the log; ask again later.
 */
final class StaleStoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StaleStoreException(String message) {
        super(message);
    }
}
