package io.pms.query;

import io.pms.entry.EntryTime;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads members of a hash. */
public final class Values {
    private final Map<String, String> fields;

    public Values(Map<String, String> fields) {
        this.fields = fields;
    }

    /** A text that is always there. */
    public String text(String name) {
        return fields.getOrDefault(name, "");
    }

    public @Nullable String optional(String name) {
        return fields.get(name);
    }

    public boolean flag(String name) {
        return "1".equals(fields.get(name));
    }

    public long number(String name) {
        return Long.parseLong(fields.getOrDefault(name, "0"));
    }

    public @Nullable BigDecimal decimal(String name) {
        String value = fields.get(name);
        return value == null ? null : new BigDecimal(value);
    }

    public BigDecimal decimalOrZero(String name) {
        return new BigDecimal(fields.getOrDefault(name, "0"));
    }

    /** An integer of so many decimals as a decimal without trailing zeros. */
    public BigDecimal scaled(String name, int decimals) {
        return plain(BigDecimal.valueOf(number(name), decimals));
    }

    /** Without trailing zeros, and never in exponents. */
    public static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    public @Nullable LocalDateTime date(String name) {
        String value = fields.get(name);
        return value == null ? null : LocalDateTime.parse(value);
    }

    /** A time of the log, in UTC with six decimals. */
    public String time(String name) {
        return EntryTime.format(number(name));
    }
}
