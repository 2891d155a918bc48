package io.pms.imports.plan;

import io.pms.imports.ImportIds;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mpxj.Task;

/** The ids of a plan's tasks; a task's ordinal is its place in MPXJ's list. */
final class TaskIndex {
    private final IdentityHashMap<Task, String> taskIds = new IdentityHashMap<>();

    TaskIndex(List<Task> tasks, ImportIds ids) {
        for (int i = 0; i < tasks.size(); i++) taskIds.put(tasks.get(i), ids.id("task", i));
    }

    /** Null for a task of another plan. */
    @Nullable String find(@Nullable Task task) {
        return task == null ? null : taskIds.get(task);
    }

    String idOf(Task task) {
        String id = find(task);
        if (id == null) throw new IllegalArgumentException("not a task of this plan: " + task);
        return id;
    }
}
