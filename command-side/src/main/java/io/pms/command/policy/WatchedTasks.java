package io.pms.command.policy;

import io.pms.entry.Entry;
import io.pms.entry.EventTypes;
import io.pms.event.TaskEvent;
import io.pms.event.TaskEvent.TaskCreated;
import io.pms.log.EventLog;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads tasks from the log, for events that do not say all that must be known. It keeps nothing, so
 * that an event that is handled again is handled the same.
 */
final class WatchedTasks {
    private static final int BATCH = 500;

    private final EventLog log;
    private final EventTypes types;

    WatchedTasks(EventLog log, EventTypes types) {
        this.log = log;
        this.types = types;
    }

    /** The task after its event with this sequence, which is in the log. */
    WatchedTask asOf(String taskId, long sequence) {
        WatchedTask task = null;
        for (long next = 0; next <= sequence; ) {
            int wanted = (int) Math.min(BATCH, sequence - next + 1);
            List<Entry> entries = log.readStream(taskId, next, wanted);
            for (Entry entry : entries) task = after(task, entry);
            next = entries.getLast().sequence() + 1;
        }
        return Objects.requireNonNull(task);
    }

    private @Nullable WatchedTask after(@Nullable WatchedTask task, Entry entry) {
        TaskEvent event = (TaskEvent) types.read(entry.type(), entry.data());
        if (task == null)
            return event instanceof TaskCreated created ? WatchedTask.created(created) : null;
        return task.after(event);
    }
}
