package io.pms.objects;

/** An object store could not do what it was asked. */
public final class ObjectStoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What stood in the way. */
    public enum Reason {
        /** It cannot be reached, or failed, or its answer was cut off. */
        UNAVAILABLE(true),
        /** It did not answer in time. */
        TIMEOUT(true),
        /** It wants fewer requests: wait longer before the next. */
        THROTTLED(true),
        /** It does not let us: credentials, permissions, a lock, a certificate. */
        DENIED(false),
        /** It cannot do this: no such bucket, another region, an option it does not know. */
        REFUSED(false),
        /** It has no room. */
        FULL(false),
        /** What it gives is not what was stored, or too large to have been. */
        CORRUPT(false);

        private final boolean retryable;

        Reason(boolean retryable) {
            this.retryable = retryable;
        }
    }

    private final Reason reason;
    private final String object;

    ObjectStoreException(Reason reason, String object, String problem, Throwable cause) {
        super(object + ": " + problem, cause);
        this.reason = reason;
        this.object = object;
    }

    ObjectStoreException(Reason reason, String object, String problem) {
        super(object + ": " + problem);
        this.reason = reason;
        this.object = object;
    }

    public Reason reason() {
        return reason;
    }

    /** The URL of the object, or of the place when it was about no single one. */
    public String object() {
        return object;
    }

    /**
     * Whether the same call may succeed later by itself. It is always safe; where this is false
     * somebody has to change something first.
     */
    public boolean retryable() {
        return reason.retryable;
    }
}
