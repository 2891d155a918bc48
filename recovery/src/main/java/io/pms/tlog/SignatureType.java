package io.pms.tlog;

import java.nio.ByteBuffer;

/** What a key signs (C2SP signed-note, signature types). Others are unknown here. */
enum SignatureType {
    /** The text of the note. */
    NOTE(0x01, 0) {
        @Override
        byte[] message(String text, byte[] signature) {
            return TextLines.encode(text);
        }
    },

    /** The text at a time, by a witness (C2SP tlog-cosignature, Ed25519). */
    COSIGNATURE(0x04, Long.BYTES) {
        @Override
        byte[] message(String text, byte[] signature) {
            return cosigned(text, timeSeconds(signature));
        }
    };

    private final int code;
    private final int prefixBytes;

    SignatureType(int code, int prefixBytes) {
        this.code = code;
        this.prefixBytes = prefixBytes;
    }

    /**
     * @throws IllegalArgumentException when it is unknown
     */
    static SignatureType of(byte code) {
        for (SignatureType type : values()) if (type.code() == code) return type;
        throw new IllegalArgumentException("signature type " + code + " is not known");
    }

    byte code() {
        return (byte) code;
    }

    /** Of a whole signature: the Ed25519 one, and what stands before it. */
    int length() {
        return prefixBytes + Ed25519.SIGNATURE_BYTES;
    }

    /** Where the Ed25519 signature begins. */
    int prefixBytes() {
        return prefixBytes;
    }

    /** What the Ed25519 signature is of. */
    abstract byte[] message(String text, byte[] signature);

    static long timeSeconds(byte[] cosignature) {
        return ByteBuffer.wrap(cosignature).getLong();
    }

    static byte[] cosigned(String text, long timeSeconds) {
        return TextLines.encode("cosignature/v1\ntime " + timeSeconds + "\n" + text);
    }
}
