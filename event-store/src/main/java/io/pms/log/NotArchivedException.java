package io.pms.log;

/** Events are committed, but not as safe as a command is to be when it is answered. */
public final class NotArchivedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NotArchivedException(String message) {
        super(message);
    }
}
