package io.pms.imports.plan;

import io.pms.command.Bounds;
import io.pms.event.SourceAttribute;
import io.pms.event.TaskPlan.Link;
import io.pms.event.TaskPlan.Predecessor;
import io.pms.imports.Attributes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mpxj.Duration;
import org.mpxj.ProjectProperties;
import org.mpxj.Relation;
import org.mpxj.RelationType;
import org.mpxj.Task;

/**
 * What a task waits for. A relation that a predecessor cannot say in full (a second one to the same
 * task, one to another plan, more than a task may have, a lag that is not in working time) is kept
 * among the attributes.
 */
final class Links {
    private final TaskIndex index;
    private final ProjectProperties properties;

    Links(TaskIndex index, ProjectProperties properties) {
        this.index = index;
        this.properties = properties;
    }

    /**
     * @param rest takes the relations that are kept as attributes
     */
    List<Predecessor> of(Task task, Values rest, PlanPeople people) {
        List<Predecessor> links = new ArrayList<>();
        Set<String> linked = new HashSet<>();
        linked.add(index.idOf(task));
        for (Relation relation : task.getPredecessors()) {
            String id = index.find(relation.getPredecessorTask());
            boolean taken = id != null && links.size() < Bounds.MAX_PREDECESSORS && linked.add(id);
            BigDecimal lag = lag(relation.getLag());
            if (id != null && taken)
                links.add(
                        new Predecessor(
                                id, link(relation.getType()), lag == null ? BigDecimal.ZERO : lag));
            if (!taken || lag == null || !isWorkingTime(relation.getLag()))
                rest.add(Attributes.container("predecessor", details(relation, people)));
        }
        return links;
    }

    private @Nullable BigDecimal lag(@Nullable Duration lag) {
        return lag == null ? BigDecimal.ZERO : Amounts.hours(lag, properties);
    }

    private static boolean isWorkingTime(@Nullable Duration lag) {
        if (lag == null || lag.getDuration() == 0) return true;
        return switch (lag.getUnits()) {
            case MINUTES, HOURS, DAYS, WEEKS, MONTHS, YEARS -> true;
            case PERCENT,
                    ELAPSED_MINUTES,
                    ELAPSED_HOURS,
                    ELAPSED_DAYS,
                    ELAPSED_WEEKS,
                    ELAPSED_MONTHS,
                    ELAPSED_YEARS,
                    ELAPSED_PERCENT ->
                    false;
        };
    }

    private List<SourceAttribute> details(Relation relation, PlanPeople people) {
        Task predecessor = relation.getPredecessorTask();
        return new Values(people)
                .add("task", index.find(predecessor))
                .addAlways("Unique ID", predecessor == null ? null : predecessor.getUniqueID())
                .add("Name", predecessor == null ? null : predecessor.getName())
                .add("Type", link(relation.getType()).name())
                .add("Lag", relation.getLag())
                .list();
    }

    private static Link link(@Nullable RelationType type) {
        if (type == null) return Link.FINISH_TO_START;
        return switch (type) {
            case FINISH_START -> Link.FINISH_TO_START;
            case START_START -> Link.START_TO_START;
            case FINISH_FINISH -> Link.FINISH_TO_FINISH;
            case START_FINISH -> Link.START_TO_FINISH;
        };
    }
}
