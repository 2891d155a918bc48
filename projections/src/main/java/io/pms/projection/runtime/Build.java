package io.pms.projection.runtime;

/**
 * A partition's data as one version of a projection makes them, from the log's beginning on. Two
 * builds of the same version hold the same at the same position. A generation is given out once.
 */
public record Build(Partition partition, int version, long generation) {
    /** As in {@link Partition#buildsKey}. */
    String id() {
        return version + "." + generation;
    }

    /** What all keys of the build begin with. */
    public String tag() {
        return partition.tag() + id() + ":";
    }

    /** Where its {@link StoredPosition} is. */
    public String positionKey() {
        return tag() + "position";
    }

    /** Aggregates whose events could not be taken: {@link Partition#parkedField} to why. */
    public String parkedKey() {
        return tag() + "parked";
    }

    /** What the keys of one tenant begin with. */
    public String prefix(String tenant) {
        return tag() + Partition.prefix(tenant);
    }
}
