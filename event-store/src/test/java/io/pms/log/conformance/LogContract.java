package io.pms.log.conformance;

import io.pms.log.EventLog;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A fresh log for each test of a suite. */
public abstract class LogContract {
    LogUnderTest store;

    /** The log as one process has it. */
    EventLog log;

    /** An empty log. */
    protected abstract LogUnderTest fresh();

    @BeforeEach
    void open() {
        store = fresh();
        log = store.open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** Random, and the same again with {@code -Dpms.seed}. */
    static Random random() {
        long seed = Long.getLong("pms.seed", System.nanoTime());
        System.out.println("seed " + seed);
        return new Random(seed);
    }
}
