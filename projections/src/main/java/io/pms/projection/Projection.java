package io.pms.projection;

/**
 * A read model: a fold of the log's events into Redis writes. Implementations keep no state of
 * their own and read nothing; what an index needs beyond the event is read by the writes
 * themselves, in the same atomic step.
 */
public interface Projection {
    /** A stable word; part of every key. */
    String name();

    /** Another version is another set of keys: raise it with every change of what is written. */
    int version();

    /** Adds what the event changes. Events arrive in the order of the log, each exactly once. */
    void apply(Recorded recorded, Writes writes);
}
