package io.pms.query.project;

import io.pms.event.Workflow;
import io.pms.query.Shown;
import io.pms.query.Values;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A project as it is now, and what its tasks sum up to. A summary task is counted, but its plan,
 * progress and actuals sum up those below it and count for nothing themselves.
 *
 * @param tasks how many tasks it has, summaries included
 * @param tasksByStatus how many are in each status, summaries included
 * @param openTasks how many are neither done nor closed
 * @param progressPercent mean of the tasks' progress, where a task in a final status counts as 100
 * @param plannedCost sum of the planned costs: the budget at completion
 * @param plannedValue what of it should have been earned by now: each task's cost spread evenly
 *     from its planned start to its planned finish, read as UTC
 * @param earnedValue sum of planned cost × progress
 * @param actualCost money spent
 * @param leftOut tasks that these sums are behind of, because an event of theirs could not be
 *     taken; 0 when all is well
 */
public record ProjectView(
        String id,
        String name,
        Workflow workflow,
        @Nullable LocalDateTime plannedStart,
        @Nullable LocalDateTime plannedFinish,
        boolean archived,
        long tasks,
        long summaries,
        Map<String, Long> tasksByStatus,
        long openTasks,
        BigDecimal progressPercent,
        BigDecimal plannedCost,
        BigDecimal plannedValue,
        BigDecimal earnedValue,
        BigDecimal actualCost,
        BigDecimal plannedEffortHours,
        BigDecimal actualEffortHours,
        long leftOut,
        String createdAt,
        String updatedAt,
        long sequence,
        long position) {
    /** The hashes that come with a project: sums, counts by status. */
    static final String RELATED = "ns";

    static final int AMOUNT_DECIMALS = 4;
    private static final int PERCENT_DECIMALS = 2;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static ProjectView of(Shown shown, BigDecimal plannedValue) {
        Values project = new Values(shown.fields());
        Values sums = new Values(shown.related().get(0));
        return new ProjectView(
                project.text("id"),
                project.text("name"),
                JSON.readValue(project.text("workflow"), Workflow.class),
                project.date("plannedStart"),
                project.date("plannedFinish"),
                project.flag("archived"),
                sums.number("tasks"),
                sums.number("summaries"),
                counts(shown.related().get(1)),
                sums.number("open"),
                progress(sums),
                sums.scaled("cost", AMOUNT_DECIMALS),
                plannedValue,
                sums.scaled("earned", AMOUNT_DECIMALS),
                sums.scaled("spent", AMOUNT_DECIMALS),
                sums.scaled("effort", AMOUNT_DECIMALS),
                sums.scaled("spentHours", AMOUNT_DECIMALS),
                sums.number("leftOut"),
                project.time("created"),
                project.time("updated"),
                project.number("sequence"),
                project.number("position"));
    }

    private static Map<String, Long> counts(Map<String, String> byStatus) {
        Map<String, Long> counts = new TreeMap<>();
        byStatus.forEach((status, count) -> counts.put(status, Long.valueOf(count)));
        return counts;
    }

    private static BigDecimal progress(Values sums) {
        long counted = sums.number("tasks") - sums.number("summaries");
        if (counted == 0) return BigDecimal.ZERO;
        return Values.plain(
                sums.scaled("percent", PERCENT_DECIMALS)
                        .divide(
                                BigDecimal.valueOf(counted),
                                PERCENT_DECIMALS,
                                RoundingMode.HALF_EVEN));
    }
}
