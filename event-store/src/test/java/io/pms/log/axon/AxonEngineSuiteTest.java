package io.pms.log.axon;

import io.pms.log.MysqlEventLog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.axonframework.eventsourcing.eventstore.BatchingEventStorageEngineTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Axon's own suite for storage engines. */
class AxonEngineSuiteTest
        extends BatchingEventStorageEngineTest<LogStorageEngine, LogStorageEngine.Builder> {
    private final List<MysqlEventLog> logs = new ArrayList<>();
    private MysqlEventLog log;

    @BeforeEach
    void freshLog() {
        log = TestEngines.freshLog();
        logs.add(log);
        setTestSubject(createEngine());
    }

    @AfterEach
    void closeLogs() {
        logs.forEach(MysqlEventLog::close);
    }

    @Override
    protected LogStorageEngine createEngine(UnaryOperator<LogStorageEngine.Builder> customization) {
        return customization.apply(TestEngines.builder(log)).build();
    }
}
