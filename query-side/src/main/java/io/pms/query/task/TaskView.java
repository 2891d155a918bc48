package io.pms.query.task;

import io.pms.event.SourceAttribute;
import io.pms.event.TaskPlan.Predecessor;
import io.pms.query.Values;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A task as it is now.
 *
 * @param done whether the status is a final one
 * @param closed whether work on it was ended, whatever the status
 * @param open neither done nor closed
 * @param overdue open, and flagged for the planned finish that it has
 * @param assignees opaque ids of people
 * @param progressPercent as it was reported, 0 to 100
 * @param createdAt business time of its first event, UTC
 * @param updatedAt business time of its last event, UTC
 * @param sequence its version: the number in the entity tag that {@code If-Match} takes
 * @param position where its last event is in the log
 */
public record TaskView(
        String id,
        String project,
        String name,
        @Nullable String wbs,
        @Nullable String parent,
        boolean summary,
        String status,
        boolean done,
        boolean closed,
        boolean open,
        boolean overdue,
        List<String> assignees,
        @Nullable LocalDateTime plannedStart,
        @Nullable LocalDateTime plannedFinish,
        @Nullable BigDecimal durationHours,
        @Nullable BigDecimal plannedCost,
        @Nullable BigDecimal plannedEffortHours,
        List<Predecessor> predecessors,
        BigDecimal progressPercent,
        BigDecimal actualEffortHours,
        BigDecimal actualCost,
        List<SourceAttribute> attributes,
        String createdAt,
        String updatedAt,
        long sequence,
        long position) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<Predecessor>> PREDECESSORS = new TypeReference<>() {};
    private static final TypeReference<List<SourceAttribute>> ATTRIBUTES = new TypeReference<>() {};

    static TaskView of(Values values) {
        return new TaskView(
                values.text("id"),
                values.text("project"),
                values.text("name"),
                values.optional("wbs"),
                values.optional("parent"),
                values.flag("summary"),
                values.text("status"),
                values.flag("done"),
                values.flag("closed"),
                values.flag("open"),
                overdue(values),
                people(values.optional("assignees")),
                values.date("plannedStart"),
                values.date("plannedFinish"),
                values.decimal("durationHours"),
                values.decimal("plannedCost"),
                values.decimal("plannedEffortHours"),
                list(values.optional("predecessors"), PREDECESSORS),
                values.decimalOrZero("percent"),
                values.decimalOrZero("actualEffortHours"),
                values.decimalOrZero("actualCost"),
                list(values.optional("attributes"), ATTRIBUTES),
                values.time("created"),
                values.time("updated"),
                values.number("sequence"),
                values.number("position"));
    }

    private static boolean overdue(Values values) {
        String flagged = values.optional("flaggedFinish");
        return values.flag("open")
                && flagged != null
                && flagged.equals(values.optional("plannedFinish"));
    }

    private static List<String> people(@Nullable String joined) {
        return joined == null ? List.of() : List.of(joined.split(","));
    }

    private static <T> List<T> list(@Nullable String json, TypeReference<List<T>> type) {
        return json == null ? List.of() : JSON.readValue(json, type);
    }
}
