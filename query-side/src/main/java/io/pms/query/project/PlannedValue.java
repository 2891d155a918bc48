package io.pms.query.project;

import io.pms.query.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of a plan's cost should have been earned by a moment: the budgeted cost of work scheduled,
 * each task's cost spread evenly over its planned period. Cost without a finish is planned for no
 * time and counts as not yet due. Immutable.
 */
final class PlannedValue {
    private final int decimals;

    /** What all periods cost together that are over then, by their finish. */
    private final TreeMap<LocalDateTime, BigDecimal> due = new TreeMap<>();

    /** Those that last, by their finish. */
    private final TreeMap<LocalDateTime, List<Period>> lasting = new TreeMap<>();

    private final int periods;

    private record Period(LocalDateTime start, LocalDateTime finish, BigDecimal cost) {
        /** What of it is due at a moment before its finish. */
        BigDecimal share(LocalDateTime now) {
            return cost.multiply(seconds(start, now))
                    .divide(seconds(start, finish), cost.scale() + 4, RoundingMode.HALF_EVEN);
        }

        private static BigDecimal seconds(LocalDateTime from, LocalDateTime to) {
            Duration duration = Duration.between(from, to);
            return BigDecimal.valueOf(duration.getSeconds())
                    .add(BigDecimal.valueOf(duration.getNano(), 9));
        }
    }

    /**
     * @param costs planned cost, an integer of so many decimals, by {@code start|finish}; either
     *     may be empty
     */
    PlannedValue(Map<String, String> costs, int decimals) {
        this.decimals = decimals;
        this.periods = costs.size();
        costs.forEach(
                (period, cost) -> add(period, new BigDecimal(new BigInteger(cost), decimals)));
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<LocalDateTime, BigDecimal> each : due.entrySet())
            each.setValue(sum = sum.add(each.getValue()));
    }

    private void add(String period, BigDecimal cost) {
        String[] ends = period.split("\\|", -1);
        if (ends[1].isEmpty()) return;
        LocalDateTime finish = LocalDateTime.parse(ends[1]);
        due.merge(finish, cost, BigDecimal::add);
        if (ends[0].isEmpty()) return;
        LocalDateTime start = LocalDateTime.parse(ends[0]);
        if (start.isBefore(finish))
            lasting.computeIfAbsent(finish, each -> new ArrayList<>())
                    .add(new Period(start, finish, cost));
    }

    /** How many different periods there are: what it takes of memory. */
    int periods() {
        return periods;
    }

    BigDecimal at(LocalDateTime now) {
        Map.Entry<LocalDateTime, BigDecimal> over = due.floorEntry(now);
        BigDecimal sum = over == null ? BigDecimal.ZERO : over.getValue();
        for (List<Period> unfinished : lasting.tailMap(now, false).values())
            for (Period period : unfinished)
                if (now.isAfter(period.start())) sum = sum.add(period.share(now));
        return Values.plain(sum.setScale(decimals, RoundingMode.HALF_EVEN));
    }
}
