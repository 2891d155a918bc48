package io.pms.entry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an id is stored: 16 bytes when it is the text of a UUID, else a zero byte and its UTF-8, with
 * one more zero byte in front where that would be 16 bytes long. Both directions are exact.
 */
public final class BinaryId {
    private static final int UUID_BYTES = 16;
    private static final int UUID_TEXT = 36;

    private BinaryId() {}

    /**
     * @throws IllegalArgumentException when the text is empty or starts with a NUL
     */
    public static byte[] toBytes(String id) {
        UUID uuid = uuid(id);
        if (uuid != null) return toBytes(uuid);
        if (id.isEmpty() || id.charAt(0) == 0)
            throw new IllegalArgumentException("an id is not empty and does not start with NUL");
        byte[] text = id.getBytes(StandardCharsets.UTF_8);
        int zeros = text.length + 1 == UUID_BYTES ? 2 : 1;
        byte[] bytes = new byte[zeros + text.length];
        System.arraycopy(text, 0, bytes, zeros, text.length);
        return bytes;
    }

    public static byte[] toBytes(UUID uuid) {
        return ByteBuffer.allocate(UUID_BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    public static String toText(byte[] bytes) {
        if (bytes.length == UUID_BYTES) return toUuid(bytes).toString();
        int zeros = bytes.length > 1 && bytes[1] == 0 ? 2 : 1;
        return new String(Arrays.copyOfRange(bytes, zeros, bytes.length), StandardCharsets.UTF_8);
    }

    /**
     * The UTF-8 of the text of a stored id.
     *
     * @throws IllegalArgumentException when {@link #toBytes} would not have stored it so
     */
    public static byte[] toUtf8(byte[] bytes) {
        if (bytes.length == UUID_BYTES) return hex(bytes);
        int zeros = bytes.length == UUID_BYTES + 1 && bytes[1] == 0 ? 2 : 1;
        if (!Arrays.equals(bytes, toBytes(toText(bytes))))
            throw new IllegalArgumentException(
                    "not the stored form of an id: " + HexFormat.of().formatHex(bytes));
        return Arrays.copyOfRange(bytes, zeros, bytes.length);
    }

    /** The UTF-8 of the text. */
    public static byte[] toUtf8(UUID uuid) {
        return hex(toBytes(uuid));
    }

    private static byte[] hex(byte[] uuid) {
        ByteBuffer bytes = ByteBuffer.wrap(uuid);
        byte[] text = new byte[UUID_TEXT];
        ByteBuffer digits = ByteBuffer.wrap(text);
        digits.putLong(hex(bytes.getInt()));
        long middle = hex(bytes.getInt());
        digits.put((byte) '-').putInt((int) (middle >>> 32)).put((byte) '-').putInt((int) middle);
        middle = hex(bytes.getInt());
        digits.put((byte) '-').putInt((int) (middle >>> 32)).put((byte) '-').putInt((int) middle);
        digits.putLong(hex(bytes.getInt()));
        return text;
    }

    /** The eight digits of four bytes, all at once: ids are most of what an entry is made of. */
    private static long hex(int bytes) {
        long nibbles = Long.expand(Integer.toUnsignedLong(bytes), 0x0f0f_0f0f_0f0f_0f0fL);
        long letters = (nibbles + 0x0606_0606_0606_0606L) >>> 4 & 0x0101_0101_0101_0101L;
        return nibbles + 0x3030_3030_3030_3030L + letters * ('a' - '9' - 1);
    }

    public static UUID toUuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    /** The UUID whose canonical, lower-case text this is; null when it is none. */
    public static @Nullable UUID uuid(String text) {
        if (text.length() != UUID_TEXT) return null;
        for (int i = 0; i < UUID_TEXT; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            boolean fits = dash ? c == '-' : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (!fits) return null;
        }
        return UUID.fromString(text);
    }
}
