package io.pms.entry;

/** Bytes that are not the canonical encoding of an entry: damaged, or made by something else. */
public final class MalformedEntryException extends RuntimeException {
    public MalformedEntryException(String message) {
        super(message);
    }

    public MalformedEntryException(String message, Throwable cause) {
        super(message, cause);
    }
}
