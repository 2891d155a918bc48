package io.pms.query.project;

import io.pms.query.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Map;

/**
 * What of a plan's cost should have been earned by a moment: the budgeted cost of work scheduled,
 * each task's cost spread evenly over its planned period.
 */
final class PlannedValue {
    private PlannedValue() {}

    /**
     * @param costs planned cost, an integer of so many decimals, by {@code start|finish}; either
     *     may be empty. Cost without a finish is planned for no time and counts as not yet due.
     */
    static BigDecimal at(LocalDateTime now, Map<String, String> costs, int decimals) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<String, String> cost : costs.entrySet()) {
            String[] period = cost.getKey().split("\\|", -1);
            BigDecimal amount = new BigDecimal(new BigInteger(cost.getValue()), decimals);
            sum = sum.add(share(amount, period[0], period[1], now));
        }
        return Values.plain(sum.setScale(decimals, RoundingMode.HALF_EVEN));
    }

    private static BigDecimal share(
            BigDecimal amount, String start, String finish, LocalDateTime now) {
        if (finish.isEmpty()) return BigDecimal.ZERO;
        LocalDateTime end = LocalDateTime.parse(finish);
        if (!now.isBefore(end)) return amount;
        LocalDateTime begin = start.isEmpty() ? end : LocalDateTime.parse(start);
        if (!now.isAfter(begin)) return BigDecimal.ZERO;
        return amount.multiply(seconds(begin, now))
                .divide(seconds(begin, end), amount.scale() + 4, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal seconds(LocalDateTime from, LocalDateTime to) {
        Duration duration = Duration.between(from, to);
        return BigDecimal.valueOf(duration.getSeconds())
                .add(BigDecimal.valueOf(duration.getNano(), 9));
    }
}
