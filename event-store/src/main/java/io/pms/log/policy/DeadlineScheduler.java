package io.pms.log.policy;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Looks for deadlines that have come and calls their handlers, a few at the same time. It starts
 * after everything that handlers need, and stops before it.
 */
final class DeadlineScheduler implements SmartLifecycle {
    /** Deadlines that are handled at the same time: work that nobody waits for leaves room. */
    static final int THREADS = 8;

    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    /** Twenty seconds without a heartbeat: its process has died, and another one takes over. */
    private static final int MISSED_HEARTBEATS = 4;

    /** As long as the platform lets requests finish. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final PolicyDatabase database;
    private final PolicyNames names;
    private final List<DeadlineHandler<?>> handlers;
    private final PolicyFailures failures;
    private final InstantSource clock;
    private final Duration pollInterval;
    private @Nullable Scheduler scheduler;

    DeadlineScheduler(
            PolicyDatabase database,
            PolicyNames names,
            List<DeadlineHandler<?>> handlers,
            PolicyFailures failures,
            InstantSource clock,
            Duration pollInterval) {
        this.database = database;
        this.names = names;
        this.handlers = handlers;
        this.failures = failures;
        this.clock = clock;
        this.pollInterval = pollInterval;
    }

    @Override
    public synchronized void start() {
        if (scheduler != null || handlers.isEmpty()) return;
        List<Task<?>> tasks = handlers.stream().<Task<?>>map(this::task).toList();
        scheduler =
                Scheduler.create(database.joiningConnections(), tasks)
                        .tableName(DeadlineTable.NAME)
                        .jdbcCustomization(DeadlineTable.SQL)
                        .serializer(DeadlineTable.JSON)
                        .schedulerName(new SchedulerName.Fixed(UUID.randomUUID().toString()))
                        .clock(clock::instant)
                        .pollingInterval(pollInterval)
                        .heartbeatInterval(HEARTBEAT)
                        .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                        .threads(THREADS)
                        .executorService(
                                Executors.newFixedThreadPool(
                                        THREADS, Thread.ofVirtual().name("deadline-", 0).factory()))
                        // What this process does not know belongs to another log.
                        .deleteUnresolvedAfter(Duration.ofDays(365_000))
                        .shutdownMaxWait(STOP_TIMEOUT)
                        .build();
        scheduler.start();
    }

    private <D extends Record> Task<D> task(DeadlineHandler<D> handler) {
        return Tasks.custom(names.stored(handler.policy()), handler.dataType())
                .onFailure(this::tryLater)
                .onDeadExecution((complete, row) -> row.reschedule(complete, clock.instant()))
                .execute((deadline, context) -> handle(handler, deadline));
    }

    private <D extends Record> CompletionHandler<D> handle(
            DeadlineHandler<D> handler, TaskInstance<D> deadline) {
        String at = "deadline " + deadline.getId();
        try {
            Instant next = handler.due(deadline.getData());
            failures.succeeded(handler.policy(), at);
            return next == null
                    ? new OnCompleteRemove<>()
                    : (complete, row) -> row.reschedule(complete, next);
        } catch (RuntimeException e) {
            failures.failed(handler.policy(), at, e);
            throw e;
        }
    }

    private <D> void tryLater(ExecutionComplete complete, ExecutionOperations<D> row) {
        row.reschedule(
                complete,
                clock.instant().plus(pauseAfter(complete.getExecution().consecutiveFailures)));
    }

    /** Twice as long each time, up to a bound. */
    static Duration pauseAfter(int failuresBefore) {
        Duration pause = FIRST_PAUSE;
        for (int i = 0; i < failuresBefore && pause.compareTo(LONGEST_PAUSE) < 0; i++)
            pause = pause.multipliedBy(2);
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    @Override
    public synchronized void stop() {
        if (scheduler != null) scheduler.stop();
        scheduler = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return scheduler != null;
    }
}
