package io.pms.tlog;

import java.util.Base64;

/** Standard base64 with padding (RFC 4648, section 4), of which only one text says the same. */
final class Base64Text {
    private Base64Text() {}

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * The decoder of the platform takes texts without padding and with bits that mean nothing:
     * these are refused here.
     *
     * @throws IllegalArgumentException when it is not what {@link #encode} writes
     */
    static byte[] decode(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (!encode(bytes).equals(text))
            throw new IllegalArgumentException("not canonical padded base64");
        return bytes;
    }
}
