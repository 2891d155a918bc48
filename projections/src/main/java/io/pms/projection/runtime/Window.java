package io.pms.projection.runtime;

import io.pms.projection.Fields;
import io.pms.projection.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes of consecutive events of one build, those to the same place brought together: however
 * often a task changes within a window, Redis changes it once. For one thread.
 */
final class Window {
    /** Values that cost as much as changing an entity. */
    private static final int PUSHES_A_CHANGE = 8;

    /** To note one costs as much as this many values; both are in a batch's last step. */
    private static final int PUSHES_A_PARKED = 4;

    private final Map<String, Map<Target, Fields>> changes = new LinkedHashMap<>();
    private final Map<String, Map<String, List<String>>> pushes = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> parked = new LinkedHashMap<>();
    private int changed;
    private int pushed;
    private int events;
    private long characters;

    /** What a change is about; the names that come before its fields in {@code apply.lua}. */
    private record Target(String operation, String first, String second) {}

    void add(List<Write> writes) {
        events++;
        for (Write write : writes) add(write);
    }

    private void add(Write write) {
        switch (write) {
            case Write.Entity entity ->
                    change(
                            entity.tenant(),
                            new Target("entity", entity.kind(), entity.id()),
                            entity.fields());
            case Write.Account account ->
                    change(
                            account.tenant(),
                            new Target("account", account.projectId(), account.taskId()),
                            account.fields());
            case Write.Push push -> {
                pushes.computeIfAbsent(push.tenant(), tenant -> new LinkedHashMap<>())
                        .computeIfAbsent(push.list(), list -> new ArrayList<>())
                        .add(push.value());
                pushed++;
                characters += push.value().length();
            }
        }
    }

    private void change(String tenant, Target target, Fields fields) {
        Map<Target, Fields> its = changes.computeIfAbsent(tenant, each -> new LinkedHashMap<>());
        Fields merged = its.get(target);
        if (merged == null) its.put(target, first(fields));
        else merged.setAll(fields);
        fields.forEach((name, value) -> characters += value.length());
    }

    /** An entity that is new is as old as the first of its events here. */
    private Fields first(Fields fields) {
        changed++;
        Fields first = new Fields(fields);
        String updated = fields.get("updated");
        return updated == null ? first : first.text("first", updated);
    }

    /** Notes that an aggregate's events are left out from here on. */
    void park(String tenant, String aggregateId, String reason) {
        events++;
        pushed += PUSHES_A_PARKED;
        parked.computeIfAbsent(tenant, each -> new LinkedHashMap<>())
                .putIfAbsent(aggregateId, reason);
    }

    int events() {
        return events;
    }

    /** Entities and accounts that change. */
    int changes() {
        return changed;
    }

    int pushes() {
        return pushed;
    }

    /** Of the values that were given; what is sent is less. */
    long characters() {
        return characters;
    }

    /** How many changes of entities it costs about as much as. */
    int weight() {
        return changed + pushed / PUSHES_A_CHANGE;
    }

    /**
     * The operations of {@code apply.lua}, in steps of so many changes. Only the last step has what
     * must not be repeated; there is always one.
     */
    List<List<String>> steps(int most) {
        List<List<String>> steps = new ArrayList<>();
        List<String> step = new ArrayList<>();
        int size = 0;
        for (Map.Entry<String, Map<Target, Fields>> of : changes.entrySet()) {
            String tenant = null;
            for (Map.Entry<Target, Fields> change : of.getValue().entrySet()) {
                if (size++ == most) {
                    steps.add(step);
                    step = new ArrayList<>();
                    size = 1;
                    tenant = null;
                }
                if (tenant == null) tenant(step, tenant = of.getKey());
                change(step, change.getKey(), change.getValue());
            }
        }
        last(step);
        steps.add(step);
        return steps;
    }

    private void last(List<String> step) {
        pushes.forEach((tenant, lists) -> {
            tenant(step, tenant);
            lists.forEach((list, values) -> {
                operation(step, "push", 1 + values.size());
                step.add(list);
                step.addAll(values);
            });
        });
        parked.forEach((tenant, reasons) -> {
            tenant(step, tenant);
            reasons.forEach((aggregateId, reason) -> {
                operation(step, "park", 2);
                step.add(aggregateId);
                step.add(reason);
            });
        });
    }

    private static void tenant(List<String> step, String tenant) {
        operation(step, "tenant", 1);
        step.add(Partition.prefix(tenant));
    }

    private static void change(List<String> step, Target target, Fields fields) {
        operation(step, target.operation(), 2 + 2 * fields.size());
        step.add(target.first());
        step.add(target.second());
        fields.forEach((field, value) -> {
            step.add(field);
            step.add(value);
        });
    }

    private static void operation(List<String> step, String name, int arguments) {
        step.add(name);
        step.add(Integer.toString(arguments));
    }
}
