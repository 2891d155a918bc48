package io.pms.projection.runtime;

/**
 * How long answers are still waited for: as long as some come, one after the other. For one thread.
 */
final class Patience {
    private long deadline = RedisLink.deadline();

    /** In the time of the system's timer. */
    long deadline() {
        return deadline;
    }

    /** There was an answer, so Redis is there. */
    void answered() {
        deadline = RedisLink.deadline();
    }
}
