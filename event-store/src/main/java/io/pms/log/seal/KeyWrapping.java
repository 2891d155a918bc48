package io.pms.log.seal;

/**
 * Encrypts people's keys with a master key that the database does not know. {@link MasterKeys} has
 * it in a file; a key management service can stand in its place. Thread-safe.
 *
 * <p>Asked rarely: what it unwraps is remembered for minutes.
 */
public interface KeyWrapping {
    /**
     * A wrapped key.
     *
     * @param masterKey the name of the master key that unwraps it, at most 255 characters
     * @param bytes at most 4,096 of them
     */
    record Wrapped(String masterKey, byte[] bytes) {}

    /** The name of the master key that wraps now, the newest one. */
    String current();

    /**
     * Wraps with the current master key.
     *
     * @param context must be given again to unwrap
     */
    Wrapped wrap(byte[] key, byte[] context);

    /**
     * @throws io.pms.log.LogUnavailableException when the master key is not there, the bytes are
     *     not what it wrapped in this context, or it cannot be asked
     */
    byte[] unwrap(Wrapped wrapped, byte[] context);
}
