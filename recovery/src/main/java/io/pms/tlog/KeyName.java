package io.pms.tlog;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Who signs: a name, and 32 bits that tell its keys apart (C2SP signed-note). The bits identify and
 * do not protect: whoever trusts a key knows all of it.
 */
record KeyName(String name, int id) {
    /**
     * @throws IllegalArgumentException when the name is empty or has spaces, plusses or controls
     */
    KeyName {
        if (name.isEmpty() || name.codePoints().anyMatch(KeyName::isForbidden))
            throw new IllegalArgumentException(
                    FormatException.quote(name) + " cannot be the name of a key");
        TextLines.encode(name);
    }

    private static boolean isForbidden(int character) {
        return character == '+'
                || character == 0x85 // next line: white space to Unicode, not to Java
                || Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || character < ' ';
    }

    /** SHA-256(name ‖ newline ‖ type ‖ public key), its first four bytes. */
    static KeyName of(String name, SignatureType type, byte[] publicKey) {
        MessageDigest digest = Hash.sha256();
        digest.update(TextLines.encode(name + "\n"));
        digest.update(type.code());
        byte[] hash = digest.digest(publicKey);
        return new KeyName(name, ByteBuffer.wrap(hash).getInt());
    }

    /** Name and id as keys have them in text. */
    @Override
    public String toString() {
        return name + "+" + HexFormat.of().toHexDigits(id);
    }
}
