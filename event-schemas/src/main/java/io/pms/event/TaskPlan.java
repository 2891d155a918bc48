package io.pms.event;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is intended for a task. Everything may be left open.
 *
 * @param start planned start, local date-time of the project
 * @param finish planned finish; it is the task's due date
 * @param durationHours working hours from start to finish
 * @param cost planned cost in the project's currency, at most four decimals
 * @param effortHours planned hours of work
 * @param predecessors tasks that this one waits for
 */
public record TaskPlan(
        @Nullable LocalDateTime start,
        @Nullable LocalDateTime finish,
        @Nullable BigDecimal durationHours,
        @Nullable BigDecimal cost,
        @Nullable BigDecimal effortHours,
        List<Predecessor> predecessors) {

    public static final TaskPlan EMPTY = new TaskPlan(null, null, null, null, null, List.of());

    /** How one task waits for another; the lag is in working hours, negative for a lead. */
    public record Predecessor(String taskId, Link link, BigDecimal lagHours) {
        public Predecessor {
            Members.require("a predecessor", "taskId", taskId);
            Members.require("a predecessor", "link", link);
            Members.require("a predecessor", "lagHours", lagHours);
        }
    }

    /** The four kinds of links of the precedence diagramming method. */
    public enum Link {
        FINISH_TO_START,
        START_TO_START,
        FINISH_TO_FINISH,
        START_TO_FINISH
    }

    public TaskPlan {
        predecessors = Lists.copy(predecessors);
    }
}
