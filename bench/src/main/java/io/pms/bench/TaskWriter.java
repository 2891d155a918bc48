package io.pms.bench;

import io.pms.projection.Write;

/** Writes what an event changes in a task, in Axon's unit of work. Thread-safe. */
interface TaskWriter extends AutoCloseable {
    /** Writes it at once, or at the latest before the unit of work is committed. */
    void write(Write.Entity task);

    @Override
    void close();
}
