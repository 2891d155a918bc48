package io.pms.entry;

/**
 * The log holds an event of a type that this version of the software does not know: a newer one
 * wrote it.
 */
public final class UnknownEventTypeException extends RuntimeException {
    public UnknownEventTypeException(String type) {
        super(
                "unknown event type "
                        + type
                        + "; a newer version of PMS wrote it, or the log is not one of PMS's");
    }
}
