package io.pms.tlog;

import java.util.Arrays;

/**
 * {@code name+hex(id)+base64(type ‖ key)}: keys as text (C2SP signed-note, verifier keys).
 *
 * @param claimed name and id as they are written, before the key is known to have them
 * @param key 32 bytes: public, or a seed
 */
record KeyText(String claimed, SignatureType type, byte[] key) {
    /**
     * @throws IllegalArgumentException when it cannot be a key, with a message that does not show
     *     it
     */
    static KeyText parse(String text) {
        int afterName = text.indexOf('+');
        int afterId = text.indexOf('+', afterName + 1);
        if (afterName < 0 || afterId < 0)
            throw new IllegalArgumentException("a key has a name, an id and bytes, joined by '+'");
        byte[] bytes = decode(text.substring(afterId + 1));
        if (bytes.length != 1 + Ed25519.KEY_BYTES)
            throw new IllegalArgumentException("a type and a key have 33 bytes");
        return new KeyText(
                text.substring(0, afterId),
                SignatureType.of(bytes[0]),
                Arrays.copyOfRange(bytes, 1, bytes.length));
    }

    private static byte[] decode(String base64) {
        try {
            return Base64Text.decode(base64);
        } catch (IllegalArgumentException e) {
            // Without the cause, whose message may have a part of a private key.
            throw new IllegalArgumentException("its bytes are not canonical base64");
        }
    }

    static String format(KeyName name, SignatureType type, byte[] key) {
        byte[] bytes = new byte[1 + key.length];
        bytes[0] = type.code();
        System.arraycopy(key, 0, bytes, 1, key.length);
        return name + "+" + Base64Text.encode(bytes);
    }

    /** The name without the id. */
    String name() {
        return claimed.substring(0, claimed.indexOf('+'));
    }

    /**
     * @throws IllegalArgumentException when this is not what the key is called
     */
    void requireClaimed(KeyName actual) {
        if (!actual.toString().equals(claimed))
            throw new IllegalArgumentException(
                    FormatException.quote(claimed) + " does not have the id of this key");
    }

    /** Without the key, which may be private. */
    @Override
    public String toString() {
        return claimed;
    }
}
