package io.pms.entry;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * The bytes of an entry while it is written. It grows as needed and can be used again and again.
 * Not thread-safe.
 */
public final class EntryBuffer {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final long SECONDS_PER_DAY = 86_400;

    /** Digits of the longest number. */
    private static final int MAX_DIGITS = 20;

    private byte[] bytes;
    private int length;
    private long lastDay = Long.MIN_VALUE;
    private byte[] lastDate = {};

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
        int escaped = 0;
        for (byte b : utf8) if (isEscaped(b)) escaped++;
        ensure(utf8.length + 5 * escaped + 2);
        bytes[length++] = '"';
        if (escaped == 0) put(utf8);
        else escape(utf8);
        bytes[length++] = '"';
    }

    private static boolean isEscaped(byte b) {
        return b == '"' || b == '\\' || (b >= 0 && b < 0x20);
    }

    private void escape(byte[] utf8) {
        byte[] target = bytes;
        int at = length;
        for (byte b : utf8) {
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
        ensure(MAX_DIGITS);
        if (value < 0) {
            put(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
            return;
        }
        int digits = digits(value);
        digits(length, digits, value);
        length += digits;
    }

    static int digits(long value) {
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) digits++;
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
        long day = Math.floorDiv(seconds, SECONDS_PER_DAY);
        if (day != lastDay) {
            lastDate = LocalDate.ofEpochDay(day).toString().getBytes(StandardCharsets.US_ASCII);
            lastDay = day;
        }
        put(lastDate);
        ensure(17);
        int second = (int) Math.floorMod(seconds, SECONDS_PER_DAY);
        int at = length;
        bytes[at] = 'T';
        digits(at + 1, 2, second / 3_600);
        bytes[at + 3] = ':';
        digits(at + 4, 2, second / 60 % 60);
        bytes[at + 6] = ':';
        digits(at + 7, 2, second % 60);
        bytes[at + 9] = '.';
        digits(at + 10, 6, Math.floorMod(micros, EntryTime.MICROS_PER_SECOND));
        bytes[at + 16] = 'Z';
        length = at + 17;
    }

    private void digits(int from, int count, long value) {
        long rest = value;
        for (int i = from + count - 1; i >= from; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
