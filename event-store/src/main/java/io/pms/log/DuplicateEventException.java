package io.pms.log;

/**
 * An event or command with this id is in the log already. Nothing was stored; look its receipt up.
 */
public final class DuplicateEventException extends RuntimeException {
    private final String id;

    public DuplicateEventException(String id) {
        super("event id " + id + " is in the log already");
        this.id = id;
    }

    public String id() {
        return id;
    }
}
