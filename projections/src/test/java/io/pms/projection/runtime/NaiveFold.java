package io.pms.projection.runtime;

import io.pms.entry.Entry;
import io.pms.entry.JsonEventTypes;
import io.pms.event.Event;
import io.pms.event.LogEvent;
import io.pms.event.PersonEvent;
import io.pms.event.ProjectEvent;
import io.pms.event.TaskEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What every key must hold after a log's entries: folded in memory into states, and only at the end
 * spread over keys. Nothing is moved from index to index, so that nothing can be left behind.
 */
final class NaiveFold {
    private final JsonEventTypes types = new JsonEventTypes();
    private final Map<String, NaiveTask> tasks = new LinkedHashMap<>();
    private final Map<String, NaiveEntity> projects = new LinkedHashMap<>();
    private final Map<String, NaiveEntity> people = new LinkedHashMap<>();
    private final Map<String, List<String>> activity = new TreeMap<>();

    void add(Entry entry) {
        Event event = types.read(entry.type(), entry.data());
        feed(entry, "all");
        if (entry.actor() != null) feed(entry, "actor:" + entry.actor());
        switch (event) {
            case ProjectEvent e -> {
                feed(entry, "project:" + e.projectId());
                projects.computeIfAbsent(e.projectId(), id -> new NaiveEntity(entry))
                        .apply(entry, e);
            }
            case TaskEvent e -> {
                feed(entry, "project:" + e.projectId());
                feed(entry, "task:" + e.taskId());
                tasks.computeIfAbsent(e.taskId(), id -> new NaiveTask(entry, e)).apply(entry, e);
            }
            case LogEvent e -> {}
            case PersonEvent e ->
                    people.computeIfAbsent(e.personId(), id -> new NaiveEntity(entry))
                            .apply(entry, e);
        }
    }

    private void feed(Entry entry, String list) {
        activity.computeIfAbsent(prefix(3, entry.tenant()) + list, key -> new ArrayList<>())
                .add(String.valueOf(entry.position()));
    }

    /** As {@link ServingData} has it. */
    static String prefix(int projection, String tenant) {
        Partition partition = Partition.of(TestRig.PROJECTIONS.get(projection).name(), tenant);
        return partition.tag() + Partition.prefix(tenant);
    }

    /** By key: lists, fields of hashes, and scores by member. */
    Map<String, Object> expected() {
        NaiveKeys keys = new NaiveKeys();
        tasks.values().forEach(task -> task.spread(keys));
        projects.values().forEach(project -> project.spread(keys, prefix(1, project.tenant)));
        people.values().forEach(person -> person.spread(keys, prefix(2, person.tenant)));
        Map<String, Object> all = keys.withoutZeros();
        all.putAll(activity);
        return all;
    }
}
