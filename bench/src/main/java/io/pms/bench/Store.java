package io.pms.bench;

import java.util.List;

/** A store of events, as its users have it. Thread-safe. */
interface Store extends AutoCloseable {
    String name();

    /**
     * Appends events in one unit of work, and returns when they are durable.
     *
     * @return false when a sequence is taken and nothing of it is stored
     */
    boolean append(List<Sample> samples) throws Exception;

    @Override
    void close();
}
