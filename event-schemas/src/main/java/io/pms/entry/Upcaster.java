package io.pms.entry;

import tools.jackson.databind.node.ObjectNode;

/**
 * Brings the data of one event type from one revision to the next.
 *
 * @param name the event's name without its revision, for example {@code pms.task.TaskRenamed}
 * @param fromRevision what it takes; it answers the data of {@code fromRevision + 1}
 * @param step changes the tree in place
 */
public record Upcaster(String name, int fromRevision, Step step) {
    /** What changes between the two revisions. Pure. */
    @FunctionalInterface
    public interface Step {
        void apply(ObjectNode data);
    }
}
