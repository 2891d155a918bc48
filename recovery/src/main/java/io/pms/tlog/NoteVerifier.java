package io.pms.tlog;

import java.security.PublicKey;
import java.util.OptionalLong;

/**
 * Knows one public key and tells whether it signed a note (C2SP signed-note). There are keys that
 * sign notes (type 0x01) and keys of witnesses that cosign checkpoints at a time (type 0x04, C2SP
 * tlog-cosignature). Immutable and thread-safe.
 */
public final class NoteVerifier {
    private final KeyName name;
    private final SignatureType type;
    private final PublicKey key;

    NoteVerifier(String name, SignatureType type, PublicKey key) {
        this.name = KeyName.of(name, type, Ed25519.bytes(key));
        this.type = type;
        this.key = key;
    }

    /**
     * Reads {@code name+hex(id)+base64(type ‖ public key)}.
     *
     * @throws FormatException unless it is a key's only text
     */
    public static NoteVerifier parse(String vkey) {
        try {
            KeyText text = KeyText.parse(vkey);
            NoteVerifier verifier =
                    new NoteVerifier(text.name(), text.type(), Ed25519.publicKey(text.key()));
            text.requireClaimed(verifier.name);
            return verifier;
        } catch (IllegalArgumentException e) {
            throw FormatException.of("verifier key", String.valueOf(e.getMessage()));
        }
    }

    /** Its text, which {@link #parse} reads. */
    public String text() {
        return KeyText.format(name, type, Ed25519.bytes(key));
    }

    public String name() {
        return name.name();
    }

    public int keyId() {
        return name.id();
    }

    /** Whether it is the key of a witness, which does not speak for the log. */
    public boolean isCosigner() {
        return type == SignatureType.COSIGNATURE;
    }

    boolean hasSameKey(NoteVerifier other) {
        return key.equals(other.key);
    }

    /** Whether a signature says that it is this key's: by name and id, which anybody can write. */
    public boolean isNamedBy(NoteSignature signature) {
        return name.equals(signature.key());
    }

    /** Whether this key made this signature of this text. */
    public boolean verifies(String text, NoteSignature signature) {
        byte[] bytes = signature.bytes();
        if (!isNamedBy(signature) || bytes.length != type.length()) return false;
        if (isCosigner() && SignatureType.timeSeconds(bytes) <= 0) return false;
        return Ed25519.verify(key, type.message(text, bytes), bytes, type.prefixBytes());
    }

    /** When a witness signed, in seconds since 1970; empty for keys that do not say. */
    OptionalLong timeSeconds(NoteSignature signature) {
        return isCosigner()
                ? OptionalLong.of(SignatureType.timeSeconds(signature.bytes()))
                : OptionalLong.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteVerifier verifier && text().equals(verifier.text());
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
