package io.pms.projection;

/** One change to a tenant's read model. What it means in Redis is in {@code apply.lua}. */
public sealed interface Write {
    String tenant();

    /**
     * Members of an entity's hash, and with them its places in the indexes of its kind.
     *
     * @param kind {@code task}, {@code project} or {@code person}
     * @param fields an empty text takes the member away
     */
    record Entity(String tenant, String kind, String id, Fields fields) implements Write {}

    /** What a task contributes to its project's sums. */
    record Account(String tenant, String projectId, String taskId, Fields fields)
            implements Write {}

    /** A value at the end of a list. */
    record Push(String tenant, String list, String value) implements Write {}
}
