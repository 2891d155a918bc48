package io.pms.log.axon;

import io.pms.log.MysqlEventLog;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStoreTest;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.junit.jupiter.api.AfterEach;

/** Axon's own suite for its event store, on our engine. */
class AxonStoreSuiteTest extends EmbeddedEventStoreTest {
    private MysqlEventLog log;

    @Override
    public EventStorageEngine createStorageEngine() {
        log = TestEngines.freshLog();
        return TestEngines.builder(log).build();
    }

    @AfterEach
    void closeLog() {
        log.close();
    }
}
