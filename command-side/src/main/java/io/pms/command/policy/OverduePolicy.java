package io.pms.command.policy;

import io.pms.command.BusinessDay;
import io.pms.command.CommandRequest;
import io.pms.command.Commands;
import io.pms.command.task.TaskCommand.FlagTaskOverdue;
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
import io.pms.http.Problem;
import io.pms.log.axon.EventMetadata;
import io.pms.log.policy.DeadlineHandler;
import io.pms.log.policy.Deadlines;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.messaging.annotation.MessageIdentifier;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.jspecify.annotations.Nullable;

/**
 * A task that is open when its planned finish has passed is flagged overdue, once.
 *
 * <p>It acts at a turn of the business day and never at once: whoever creates or replans a task
 * that is late already has the rest of the day to say more about it. Whether the task is overdue is
 * decided by the command; this only asks, at the right time.
 */
@ProcessingGroup(OverduePolicy.NAME)
final class OverduePolicy implements DeadlineHandler<OverduePolicy.Watched> {
    static final String NAME = "overdue";

    /** Who acts, as events tell it. */
    static final String ACTOR = "policy:" + NAME;

    /** No later day has a date that a deadline may have. */
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    private final Deadlines deadlines;
    private final WatchedTasks tasks;
    private final BusinessDay businessDay;
    private final Commands commands;

    OverduePolicy(
            Deadlines deadlines, WatchedTasks tasks, BusinessDay businessDay, Commands commands) {
        this.deadlines = deadlines;
        this.tasks = tasks;
        this.businessDay = businessDay;
        this.commands = commands;
    }

    /**
     * A planned finish that is waited for.
     *
     * @param cause the event that made it so; it names the command
     */
    record Watched(String tenant, String taskId, LocalDateTime plannedFinish, String cause) {}

    @EventHandler
    void on(
            TaskEvent event,
            @SequenceNumber long sequence,
            @MetaDataValue(EventMetadata.TENANT) String tenant,
            @MessageIdentifier String cause) {
        String taskId = event.taskId();
        switch (event) {
            case TaskCreated e -> watch(tenant, taskId, WatchedTask.created(e), cause);
            case TaskReplanned e -> {
                if (!Objects.equals(e.from().finish(), e.to().finish()))
                    watch(tenant, taskId, tasks.asOf(taskId, sequence), cause);
            }
            case TaskStatusChanged e -> {
                if (e.fromFinal() != e.toFinal())
                    watch(tenant, taskId, tasks.asOf(taskId, sequence), cause);
            }
            case TaskReopened e -> watch(tenant, taskId, tasks.asOf(taskId, sequence), cause);
            case TaskClosed e -> deadlines.cancel(NAME, taskId);
            case TaskFlaggedOverdue e -> deadlines.cancel(NAME, taskId);
            case TaskRenamed e -> {}
            case TaskAssigned e -> {}
            case TaskProgressReported e -> {}
            case TaskEffortReported e -> {}
            case TaskCostReported e -> {}
            case TaskCommented e -> {}
        }
    }

    private void watch(String tenant, String taskId, WatchedTask task, String cause) {
        LocalDateTime finish = task.finishToWatch();
        if (finish == null || !finish.toLocalDate().isBefore(LAST_DAY))
            deadlines.cancel(NAME, taskId);
        else
            deadlines.set(
                    NAME,
                    taskId,
                    businessDay.turnAfter(finish),
                    new Watched(tenant, taskId, finish, cause));
    }

    @Override
    public String policy() {
        return NAME;
    }

    @Override
    public Class<Watched> dataType() {
        return Watched.class;
    }

    @Override
    public @Nullable Instant due(Watched watched) {
        LocalDate today = businessDay.today();
        // A day that began in another time zone, or by a clock that was set back, comes again.
        if (!watched.plannedFinish().toLocalDate().isBefore(today))
            return businessDay.turnAfter(watched.plannedFinish());
        try {
            commands.dispatch(request(watched, today)).join();
        } catch (CompletionException e) {
            if (!isRefusal(e.getCause())) throw e;
        }
        return null;
    }

    /** The rules say no and will go on to: the project is archived, or there is no such task. */
    private static boolean isRefusal(@Nullable Throwable failure) {
        return failure instanceof Problem problem
                && problem.status() < 500
                && !problem.members().containsKey("retryAfterSeconds");
    }

    /**
     * The key follows from the cause, not from the task and its finish: a command that found
     * nothing to do is remembered for ever too, and a task that was closed just then may be
     * reopened.
     */
    @SuppressWarnings("NullAway") // a compiled record hides that its array may be null
    private static CommandRequest request(Watched watched, LocalDate today) {
        return new CommandRequest(
                new FlagTaskOverdue(watched.taskId(), watched.plannedFinish(), today),
                watched.tenant(),
                ACTOR,
                ACTOR + ":" + watched.cause(),
                null,
                null,
                null,
                null,
                Map.of(EventMetadata.CAUSATION_ID, watched.cause()),
                null);
    }
}
