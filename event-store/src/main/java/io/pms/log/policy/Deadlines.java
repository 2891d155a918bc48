package io.pms.log.policy;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.FailedToScheduleBatchException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Instant;
import java.util.List;
import org.springframework.core.NestedExceptionUtils;

/**
 * Wakes policies later, also after a restart: {@link DeadlineHandler}s are called when their
 * deadlines have come, by one of the processes that run policies.
 *
 * <p>What an event handler sets or cancels is stored with the position of its policy, or not at
 * all. Thread-safe.
 */
public final class Deadlines {
    /** What fits its column beside what {@link #beside} adds. */
    private static final int MAX_SUBJECT = 80;

    private final SchedulerClient client;
    private final PolicyNames names;

    Deadlines(PolicyDatabase database, PolicyNames names) {
        this.client =
                SchedulerClient.Builder.create(database.joiningConnections())
                        .tableName(DeadlineTable.NAME)
                        .jdbcCustomization(DeadlineTable.SQL)
                        .serializer(DeadlineTable.JSON)
                        .build();
        this.names = names;
    }

    /**
     * Sets the deadline of a subject, or moves it.
     *
     * <p>While the one that was set before is being handled it cannot be moved any more: then
     * another one is set beside it. So a handler may be called for what is no longer so, and looks.
     *
     * @param policy the policy's {@link DeadlineHandler#policy}
     * @param subject what is watched: at most 80 characters
     * @param due in the years 1000 to 9999, UTC
     * @param data a record; its JSON has at most 65,535 bytes
     */
    public <D extends Record> void set(String policy, String subject, Instant due, D data) {
        if (subject.length() > MAX_SUBJECT)
            throw new IllegalArgumentException("a subject that is too long: " + subject);
        TaskInstance<D> deadline = new TaskInstance<>(names.stored(policy), subject, data);
        if (isNew(deadline, due) || isMoved(deadline, due)) return;
        client.scheduleIfNotExists(
                new TaskInstance<>(deadline.getTaskName(), beside(subject, due), data), due);
    }

    /**
     * Most are: inserting first saves asking. Any other failure goes on to the handler: after a
     * deadlock the database has undone the whole transaction, and nothing may be added to it.
     */
    private boolean isNew(TaskInstance<?> deadline, Instant due) {
        try {
            client.scheduleBatch(List.of(deadline), due);
            return true;
        } catch (FailedToScheduleBatchException e) {
            if (NestedExceptionUtils.getMostSpecificCause(e)
                    instanceof SQLIntegrityConstraintViolationException) return false;
            throw e;
        }
    }

    private <D> boolean isMoved(TaskInstance<D> deadline, Instant due) {
        try {
            return client.reschedule(deadline, due, deadline.getData());
        } catch (TaskInstanceCurrentlyExecutingException
                | TaskInstanceNotFoundException
                | ExecutionException e) {
            return false; // it was picked up, or done, between two looks at it
        }
    }

    private static String beside(String subject, Instant due) {
        return subject + "/" + due.getEpochSecond();
    }

    /**
     * Takes the deadline of a subject away, where there is one that is not being handled already.
     */
    public void cancel(String policy, String subject) {
        try {
            client.cancel(TaskInstanceId.of(names.stored(policy), subject));
        } catch (TaskInstanceCurrentlyExecutingException
                | TaskInstanceNotFoundException
                | ExecutionException e) {
            // there is none, or it is too late
        }
    }
}
