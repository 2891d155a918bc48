package io.pms.projection;

import io.pms.entry.Entry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Members of a hash that a write changes, in the order in which they were given first; an empty
 * text stands for one that is taken away. There are few of them, and many of these: names and
 * values are in one array, which is searched. For one thread.
 */
public final class Fields {
    /** Sums are kept as integers of this many decimals, the most that a command may give. */
    static final int AMOUNT_DECIMALS = 4;

    static final int PERCENT_DECIMALS = 2;

    private static final int FIRST_ROOM = 8;

    private String[] pairs;
    private int length;

    public Fields() {
        this.pairs = new String[2 * FIRST_ROOM];
    }

    /** A copy that grows by itself. */
    public Fields(Fields other) {
        this.pairs = Arrays.copyOf(other.pairs, other.length);
        this.length = other.length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    public int size() {
        return length / 2;
    }

    /** Null when it is not among them. */
    public @Nullable String get(String name) {
        int at = place(name);
        return at == length ? null : pairs[at + 1];
    }

    /** Where a name is, or where it would be added. */
    private int place(String name) {
        for (int i = 0; i < length; i += 2) if (pairs[i].equals(name)) return i;
        return length;
    }

    private void set(String name, String value) {
        int at = place(name);
        if (at == pairs.length) pairs = Arrays.copyOf(pairs, at + Math.max(at / 2 & ~1, 4));
        pairs[at] = name;
        pairs[at + 1] = value;
        if (at == length) length += 2;
    }

    /** Takes over what others say. */
    public void setAll(Fields others) {
        others.forEach(this::set);
    }

    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < length; i += 2) action.accept(pairs[i], pairs[i + 1]);
    }

    public Fields text(String name, @Nullable String value) {
        set(name, value == null ? "" : value);
        return this;
    }

    Fields flag(String name, boolean value) {
        return text(name, value ? "1" : "0");
    }

    Fields number(String name, long value) {
        return text(name, Long.toString(value));
    }

    Fields decimal(String name, @Nullable BigDecimal value) {
        return text(name, value == null ? null : value.toPlainString());
    }

    /** A decimal as an integer of so many decimals; absent counts as absent. */
    Fields scaled(String name, @Nullable BigDecimal value, int decimals) {
        return text(
                name,
                value == null
                        ? null
                        : value.setScale(decimals, RoundingMode.HALF_EVEN)
                                .unscaledValue()
                                .toString());
    }

    Fields date(String name, @Nullable LocalDateTime value) {
        return text(name, value == null ? null : value.toString());
    }

    /** Seconds, for an index; without a date it comes last. */
    Fields dateScore(String name, @Nullable LocalDateTime value) {
        return text(
                name,
                value == null
                        ? TaskProjection.NO_DATE
                        : Long.toString(value.toEpochSecond(ZoneOffset.UTC)));
    }

    /** When and where the entity changed last. */
    Fields changedBy(Entry entry) {
        return number("updated", entry.timeMicros())
                .number("sequence", entry.sequence())
                .number("position", entry.position());
    }

    @Override
    public String toString() {
        return Arrays.toString(Arrays.copyOf(pairs, length));
    }
}
