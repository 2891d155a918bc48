package io.pms.command.policy;

import io.pms.event.TaskEvent;
import io.pms.event.TaskEvent.TaskAssigned;
import io.pms.event.TaskEvent.TaskClosed;
import io.pms.event.TaskEvent.TaskCommented;
import io.pms.event.TaskEvent.TaskCostReported;
import io.pms.event.TaskEvent.TaskCreated;
import io.pms.event.TaskEvent.TaskEffortReported;
import io.pms.event.TaskEvent.TaskFlaggedOverdue;
import io.pms.event.TaskEvent.TaskProgressReported;
import io.pms.event.TaskEvent.TaskRenamed;
import io.pms.event.TaskEvent.TaskReopened;
import io.pms.event.TaskEvent.TaskReplanned;
import io.pms.event.TaskEvent.TaskStatusChanged;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What of a task makes it overdue, as its events say.
 *
 * @param flagged the planned finish for which it was flagged last
 */
record WatchedTask(
        boolean summary,
        boolean done,
        boolean closed,
        @Nullable LocalDateTime finish,
        @Nullable LocalDateTime flagged) {

    static WatchedTask created(TaskCreated e) {
        return new WatchedTask(e.summary(), e.statusFinal(), false, e.plan().finish(), null);
    }

    /** The state after an event. Pure. */
    WatchedTask after(TaskEvent event) {
        return switch (event) {
            case TaskCreated e -> created(e);
            case TaskReplanned e ->
                    new WatchedTask(summary, done, closed, e.to().finish(), flagged);
            case TaskStatusChanged e ->
                    new WatchedTask(summary, e.toFinal(), closed, finish, flagged);
            case TaskClosed e -> new WatchedTask(summary, done, true, finish, flagged);
            case TaskReopened e -> new WatchedTask(summary, done, false, finish, flagged);
            case TaskFlaggedOverdue e ->
                    new WatchedTask(summary, done, closed, finish, e.plannedFinish());
            case TaskRenamed e -> this;
            case TaskAssigned e -> this;
            case TaskProgressReported e -> this;
            case TaskEffortReported e -> this;
            case TaskCostReported e -> this;
            case TaskCommented e -> this;
        };
    }

    /** The planned finish that must not pass unnoticed; null when there is none. */
    @Nullable LocalDateTime finishToWatch() {
        boolean watched = !summary && !done && !closed && finish != null && !finish.equals(flagged);
        return watched ? finish : null;
    }
}
