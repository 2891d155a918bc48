package io.pms.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a batch writes into one partition, in order. The operations are those of {@code apply.lua};
 * they read only keys of their own partition.
 */
public final class Writes {
    private final Partition partition;
    private final List<String> arguments = new ArrayList<>();

    Writes(Partition partition) {
        this.partition = partition;
    }

    /**
     * Changes members of an entity's hash and moves it in its indexes.
     *
     * @param kind {@code task}, {@code project} or {@code person}: which indexes it has
     */
    void entity(String kind, String tenant, String id, Fields fields) {
        operation("entity", fields.values(), kind, partition.prefix(tenant), id);
    }

    /** Changes what a task contributes to its project's sums. */
    void account(String tenant, String projectId, String taskId, Fields fields) {
        operation("account", fields.values(), partition.prefix(tenant), projectId, taskId);
    }

    /** Appends to a list. */
    void push(String tenant, String list, String value) {
        operation("push", Map.of(), partition.prefix(tenant) + list, value);
    }

    /**
     * Notes that an aggregate's events are left out from here on, and why.
     *
     * @param aggregate its {@link Partition#parkedField}
     */
    void park(String aggregate, String reason) {
        operation("park", Map.of(), partition.parkedKey(), aggregate, reason);
    }

    private void operation(String name, Map<String, String> fields, String... heads) {
        arguments.add(name);
        arguments.add(Integer.toString(heads.length + 2 * fields.size()));
        arguments.addAll(List.of(heads));
        fields.forEach((field, value) -> {
            arguments.add(field);
            arguments.add(value);
        });
    }

    int size() {
        return arguments.size();
    }

    /** Takes back what was added since it had that size. */
    void backTo(int size) {
        arguments.subList(size, arguments.size()).clear();
    }

    List<String> arguments() {
        return arguments;
    }
}
