package io.pms.log;

import io.pms.log.axon.TestEngines;
import io.pms.log.conformance.AtomicUnitContract;
import io.pms.log.conformance.ConcurrencyContract;
import io.pms.log.conformance.IdempotencyContract;
import io.pms.log.conformance.LogUnderTest;
import io.pms.log.conformance.StableReadContract;
import io.pms.log.conformance.StagingContract;
import io.pms.log.conformance.UnknownOutcomeContract;
import io.pms.log.conformance.VisibilityContract;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Nested;

/** Our suites on our log. */
class MysqlConformanceTest {
    @Nested
    class Concurrency extends ConcurrencyContract {
        @Override
        protected LogUnderTest fresh() {
            return new MysqlUnderTest();
        }
    }

    @Nested
    class Visibility extends VisibilityContract {
        @Override
        protected LogUnderTest fresh() {
            return new MysqlUnderTest();
        }
    }

    @Nested
    class UnknownOutcome extends UnknownOutcomeContract {
        @Override
        protected LogUnderTest fresh() {
            return new MysqlUnderTest();
        }
    }

    @Nested
    class Idempotency extends IdempotencyContract {
        @Override
        protected LogUnderTest fresh() {
            return new MysqlUnderTest();
        }
    }

    @Nested
    class AtomicUnit extends AtomicUnitContract {
        @Override
        protected LogUnderTest fresh() {
            return new MysqlUnderTest();
        }
    }

    @Nested
    class StableRead extends StableReadContract {
        @Override
        protected LogUnderTest fresh() {
            return new MysqlUnderTest();
        }
    }

    @Nested
    class Staging extends StagingContract {
        @Override
        protected LogUnderTest fresh() {
            return new MysqlUnderTest();
        }

        @Override
        protected EventStore store(EventLog log) {
            return TestEngines.store(log);
        }
    }
}
