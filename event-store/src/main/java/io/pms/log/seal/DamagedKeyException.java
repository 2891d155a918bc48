package io.pms.log.seal;

/** A wrapped key is not what was stored. Trying again does not help; a backup of the table does. */
public final class DamagedKeyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DamagedKeyException(Throwable cause) {
        super("a key in the table subject_key is not what was stored there", cause);
    }
}
