package io.pms.tlog;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Signs checkpoints as a witness (C2SP tlog-cosignature, type 0x04). A cosignature says that the
 * checkpoint is consistent with all that this witness saw of the log, and is the largest: whoever
 * calls must know that. Immutable and thread-safe.
 */
public final class Cosigner {
    private static final SignatureType TYPE = SignatureType.COSIGNATURE;

    private final SigningKey key;

    private Cosigner(SigningKey key) {
        this.key = key;
    }

    /** A new key. It must serve this witness only, because its signatures do not name it. */
    public static Cosigner generate(String name, SecureRandom random) {
        byte[] seed = new byte[Ed25519.KEY_BYTES];
        random.nextBytes(seed);
        return fromSeed(name, seed);
    }

    /** The key of a seed of 32 bytes. */
    public static Cosigner fromSeed(String name, byte[] seed) {
        return new Cosigner(SigningKey.of(name, TYPE, seed));
    }

    /**
     * Reads {@code PRIVATE+KEY+name+hex(id)+base64(4 ‖ seed)}.
     *
     * @throws FormatException unless it is a key's only text
     */
    public static Cosigner parse(String privateKey) {
        return new Cosigner(SigningKey.parse(TYPE, privateKey));
    }

    /** The private key, which {@link #parse} reads. Keep it secret. */
    public String privateText() {
        return key.privateText();
    }

    public NoteVerifier verifier() {
        return key.verifier();
    }

    /**
     * @param timeSeconds now, in seconds since 1970
     * @throws IllegalArgumentException unless the time is positive
     */
    public NoteSignature sign(Checkpoint checkpoint, long timeSeconds) {
        if (timeSeconds <= 0) throw new IllegalArgumentException("time " + timeSeconds);
        byte[] signature = key.sign(SignatureType.cosigned(checkpoint.text(), timeSeconds));
        ByteBuffer timed = ByteBuffer.allocate(TYPE.length());
        return new NoteSignature(key.name(), timed.putLong(timeSeconds).put(signature).array());
    }

    @Override
    public String toString() {
        return key.toString();
    }
}
