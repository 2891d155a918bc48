package io.pms.tlog;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;

/** A private key with its name, for one type of signature. It never shows itself but on demand. */
record SigningKey(PrivateKey key, NoteVerifier verifier, SignatureType type) {
    private static final String PREFIX = "PRIVATE+KEY+";

    static SigningKey of(String name, SignatureType type, byte[] seed) {
        KeyPair pair = Ed25519.keyPair(seed);
        return new SigningKey(
                pair.getPrivate(), new NoteVerifier(name, type, pair.getPublic()), type);
    }

    /**
     * Reads {@code PRIVATE+KEY+name+hex(id)+base64(type ‖ seed)}.
     *
     * @throws FormatException unless it is a key's only text, with a message that does not show it
     */
    static SigningKey parse(SignatureType type, String text) {
        try {
            if (!text.startsWith(PREFIX))
                throw new IllegalArgumentException("it does not begin with " + PREFIX);
            KeyText keyText = KeyText.parse(text.substring(PREFIX.length()));
            if (keyText.type() != type)
                throw new IllegalArgumentException(
                        "it is a key of type " + keyText.type() + ", and not " + type);
            SigningKey key = of(keyText.name(), type, keyText.key());
            keyText.requireClaimed(key.name());
            return key;
        } catch (IllegalArgumentException e) {
            throw FormatException.of("private key", String.valueOf(e.getMessage()));
        }
    }

    KeyName name() {
        return new KeyName(verifier.name(), verifier.keyId());
    }

    String privateText() {
        byte[] seed = ((EdECPrivateKey) key).getBytes().orElseThrow();
        return PREFIX + KeyText.format(name(), type, seed);
    }

    byte[] sign(byte[] message) {
        return Ed25519.sign(key, message);
    }

    @Override
    public String toString() {
        return name().toString();
    }
}
