package io.pms.projection;

import io.pms.entry.Entry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Members of a hash that a write changes; an empty text stands for one that is taken away. */
final class Fields {
    /** Sums are kept as integers of this many decimals, the most that a command may give. */
    static final int AMOUNT_DECIMALS = 4;

    static final int PERCENT_DECIMALS = 2;

    private final Map<String, String> values = new LinkedHashMap<>();

    Fields text(String name, @Nullable String value) {
        values.put(name, value == null ? "" : value);
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
                name, value == null ? "+inf" : Long.toString(value.toEpochSecond(ZoneOffset.UTC)));
    }

    /** When and where the entity changed last. */
    Fields changedBy(Entry entry) {
        return number("updated", entry.timeMicros())
                .number("sequence", entry.sequence())
                .number("position", entry.position());
    }

    Map<String, String> values() {
        return values;
    }
}
