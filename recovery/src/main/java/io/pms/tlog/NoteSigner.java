package io.pms.tlog;

import java.security.SecureRandom;

/**
 * Signs notes with an Ed25519 key (C2SP signed-note, type 0x01). Immutable and thread-safe. It
 * signs whatever it is given: whoever signs checkpoints must know that they are consistent.
 */
public final class NoteSigner {
    private static final SignatureType TYPE = SignatureType.NOTE;

    private final SigningKey key;

    private NoteSigner(SigningKey key) {
        this.key = key;
    }

    /**
     * A new key.
     *
     * @param name without spaces and plusses; a log's is its origin
     */
    public static NoteSigner generate(String name, SecureRandom random) {
        byte[] seed = new byte[Ed25519.KEY_BYTES];
        random.nextBytes(seed);
        return fromSeed(name, seed);
    }

    /** The key of a seed of 32 bytes. */
    public static NoteSigner fromSeed(String name, byte[] seed) {
        return new NoteSigner(SigningKey.of(name, TYPE, seed));
    }

    /**
     * Reads {@code PRIVATE+KEY+name+hex(id)+base64(1 ‖ seed)}.
     *
     * @throws FormatException unless it is a key's only text
     */
    public static NoteSigner parse(String privateKey) {
        return new NoteSigner(SigningKey.parse(TYPE, privateKey));
    }

    /** The private key, which {@link #parse} reads. Keep it secret. */
    public String privateText() {
        return key.privateText();
    }

    public NoteVerifier verifier() {
        return key.verifier();
    }

    /**
     * @param text as a note has it, with a newline at its end
     */
    public NoteSignature sign(String text) {
        return new NoteSignature(key.name(), key.sign(TextLines.encode(text)));
    }

    @Override
    public String toString() {
        return key.toString();
    }
}
