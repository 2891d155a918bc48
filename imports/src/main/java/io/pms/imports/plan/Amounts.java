package io.pms.imports.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import org.mpxj.Duration;
import org.mpxj.ProjectProperties;
import org.mpxj.TimeUnit;

/** MPXJ's numbers as the decimals of commands: at most four decimals, rounded half even. */
final class Amounts {
    private static final int DECIMALS = 4;
    private static final int PERCENT_DECIMALS = 2;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal MAX = new BigDecimal("10000000000");

    private Amounts() {}

    /** Null when there is none, or a command would not take it. */
    static @Nullable BigDecimal amount(@Nullable Number number) {
        BigDecimal exact = exact(number);
        if (exact == null) return null;
        BigDecimal amount = plain(exact.setScale(DECIMALS, RoundingMode.HALF_EVEN));
        return amount.signum() < 0 || amount.compareTo(MAX) > 0 ? null : amount;
    }

    /** In working hours, negative ones too. */
    static @Nullable BigDecimal hours(@Nullable Duration duration, ProjectProperties defaults) {
        if (duration == null || isPercent(duration.getUnits())) return null;
        BigDecimal exact = exact(duration.convertUnits(TimeUnit.HOURS, defaults).getDuration());
        if (exact == null) return null;
        BigDecimal hours = plain(exact.setScale(DECIMALS, RoundingMode.HALF_EVEN));
        return hours.abs().compareTo(MAX) > 0 ? null : hours;
    }

    static @Nullable BigDecimal positiveHours(
            @Nullable Duration duration, ProjectProperties defaults) {
        BigDecimal hours = hours(duration, defaults);
        return hours == null || hours.signum() < 0 ? null : hours;
    }

    /** Between 0 and 100. */
    static BigDecimal percent(@Nullable Number number) {
        BigDecimal exact = exact(number);
        if (exact == null) return BigDecimal.ZERO;
        return plain(exact.setScale(PERCENT_DECIMALS, RoundingMode.HALF_EVEN))
                .max(BigDecimal.ZERO)
                .min(HUNDRED);
    }

    /** The number as it is; null for what is not a number. */
    static @Nullable BigDecimal exact(@Nullable Number number) {
        if (number == null || !Double.isFinite(number.doubleValue())) return null;
        return number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
    }

    static boolean isPercent(@Nullable TimeUnit unit) {
        return unit == TimeUnit.PERCENT || unit == TimeUnit.ELAPSED_PERCENT;
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
