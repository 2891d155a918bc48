package io.pms.projection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What an event changes in a read model, in order. For one thread. */
public final class Writes {
    private final List<Write> all = new ArrayList<>();

    /**
     * Changes members of an entity's hash and moves it in its indexes.
     *
     * @param kind {@code task}, {@code project} or {@code person}: which indexes it has
     */
    void entity(String kind, String tenant, String id, Fields fields) {
        all.add(new Write.Entity(tenant, kind, id, fields));
    }

    /** Changes what a task contributes to its project's sums. */
    void account(String tenant, String projectId, String taskId, Fields fields) {
        all.add(new Write.Account(tenant, projectId, taskId, fields));
    }

    /** Appends to a list. */
    void push(String tenant, String list, String value) {
        all.add(new Write.Push(tenant, list, value));
    }

    /** All so far. */
    public List<Write> all() {
        return Collections.unmodifiableList(all);
    }
}
