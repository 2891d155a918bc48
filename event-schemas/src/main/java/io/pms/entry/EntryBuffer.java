package io.pms.entry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * The bytes of an entry while it is written. It grows as needed and can be used again and again.
 * Not thread-safe.
 */
public final class EntryBuffer {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long SECONDS_PER_DAY = 86_400;

    /** Digits of the longest number. */
    private static final int MAX_DIGITS = 19;

    private byte[] bytes;
    private int length;

    public EntryBuffer() {
        this(1_024);
    }

    EntryBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    void clear() {
        length = 0;
    }

    /** What was written is at its beginning, {@link #length} bytes of it. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    byte[] toArray() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void ensure(int more) {
        if (bytes.length - length < more)
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }

    void put(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    void put(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
    }

    /** A JSON string of UTF-8, escaped in one way only. */
    void quote(byte[] utf8) {
        int plain = plainLongs(utf8);
        ensure(6 * utf8.length - 5 * plain + 2);
        bytes[length++] = '"';
        System.arraycopy(utf8, 0, bytes, length, plain);
        length += plain;
        escape(utf8, plain);
        bytes[length++] = '"';
    }

    /** How much of its beginning needs no escape, looked at eight bytes at once. */
    private static int plainLongs(byte[] utf8) {
        int at = 0;
        while (at + Long.BYTES <= utf8.length && isPlain((long) LONGS.get(utf8, at)))
            at += Long.BYTES;
        return at;
    }

    /** The same for what is ASCII, from a place on. */
    static int plainAsciiLongs(byte[] bytes, int from) {
        int at = from;
        while (at + Long.BYTES <= bytes.length) {
            long eight = (long) LONGS.get(bytes, at);
            if ((eight & HIGH_BITS) != 0 || !isPlain(eight)) break;
            at += Long.BYTES;
        }
        return at - from;
    }

    private static boolean isPlain(long eight) {
        long control = (eight - 0x20 * ONES) & ~eight;
        return ((control | zeros(eight ^ '"' * ONES) | zeros(eight ^ '\\' * ONES)) & HIGH_BITS)
                == 0;
    }

    /** Has a high bit when a byte is zero. */
    private static long zeros(long eight) {
        return (eight - ONES) & ~eight;
    }

    private void escape(byte[] utf8, int from) {
        byte[] target = bytes;
        int at = length;
        for (int i = from; i < utf8.length; i++) {
            byte b = utf8[i];
            if (b == '"' || b == '\\') {
                target[at++] = '\\';
                target[at++] = b;
            } else if (b >= 0 && b < 0x20) at = control(target, at, b);
            else target[at++] = b;
        }
        length = at;
    }

    private static int control(byte[] target, int at, byte b) {
        target[at] = '\\';
        byte letter = letter(b);
        target[at + 1] = letter;
        if (letter != 'u') return at + 2;
        target[at + 2] = '0';
        target[at + 3] = '0';
        target[at + 4] = HEX[b >> 4];
        target[at + 5] = HEX[b & 15];
        return at + 6;
    }

    private static byte letter(byte control) {
        return switch (control) {
            case '\b' -> 'b';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\f' -> 'f';
            case '\r' -> 'r';
            default -> 'u';
        };
    }

    void number(long value) {
        if (value < 0) {
            put(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
            return;
        }
        int digits = digits(value);
        ensure(digits);
        long rest = value;
        int at = length + digits;
        for (; rest > Integer.MAX_VALUE; rest /= 10) bytes[--at] = (byte) ('0' + rest % 10);
        digits(length, at - length, (int) rest);
        length += digits;
    }

    /** How many a number that is not negative has. */
    static int digits(long value) {
        int digits = 1;
        for (long power = 10; digits < MAX_DIGITS && value >= power; power *= 10) digits++;
        return digits;
    }

    /**
     * For example {@code 2026-11-23T08:00:00.000000Z}.
     *
     * @throws IllegalArgumentException outside of the years 1 to 9999
     */
    void time(long micros) {
        EntryTime.requireFourDigitYear(micros);
        long seconds = Math.floorDiv(micros, EntryTime.MICROS_PER_SECOND);
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_PER_DAY));
        int second = (int) Math.floorMod(seconds, SECONDS_PER_DAY);
        ensure(27);
        part(4, day.getYear(), '-');
        part(2, day.getMonthValue(), '-');
        part(2, day.getDayOfMonth(), 'T');
        part(2, second / 3_600, ':');
        part(2, second / 60 % 60, ':');
        part(2, second % 60, '.');
        part(6, (int) Math.floorMod(micros, EntryTime.MICROS_PER_SECOND), 'Z');
    }

    private void part(int digits, int value, char next) {
        digits(length, digits, value);
        bytes[length + digits] = (byte) next;
        length += digits + 1;
    }

    private void digits(int from, int count, int value) {
        int rest = value;
        for (int i = from + count - 1; i >= from; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
