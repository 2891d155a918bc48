package io.pms.log.seal;

/** A text is of a person who was erased: it is not stored, and no other will be. */
public final class PersonErasedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String personId;

    PersonErasedException(String personId) {
        super("the person " + personId + " was erased; nothing is stored in their name any more");
        this.personId = personId;
    }

    public String personId() {
        return personId;
    }
}
