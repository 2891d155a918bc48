package io.pms.log.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.pms.log.EventLog;
import io.pms.log.axon.TestEngines;
import java.util.Arrays;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** A store that does nothing fails every test of every suite. */
class SuitesBiteTest {
    static class Concurrency extends ConcurrencyContract {
        @Override
        protected LogUnderTest fresh() {
            return new DoNothingLog();
        }
    }

    static class Visibility extends VisibilityContract {
        @Override
        protected LogUnderTest fresh() {
            return new DoNothingLog();
        }
    }

    static class UnknownOutcome extends UnknownOutcomeContract {
        @Override
        protected LogUnderTest fresh() {
            return new DoNothingLog();
        }
    }

    static class Idempotency extends IdempotencyContract {
        @Override
        protected LogUnderTest fresh() {
            return new DoNothingLog();
        }
    }

    static class AtomicUnit extends AtomicUnitContract {
        @Override
        protected LogUnderTest fresh() {
            return new DoNothingLog();
        }
    }

    static class StableRead extends StableReadContract {
        @Override
        protected LogUnderTest fresh() {
            return new DoNothingLog();
        }
    }

    static class Staging extends StagingContract {
        @Override
        protected LogUnderTest fresh() {
            return new DoNothingLog();
        }

        @Override
        protected EventStore store(EventLog log) {
            return TestEngines.store(log);
        }
    }

    static List<Class<?>> suites() {
        return List.of(
                Concurrency.class,
                Visibility.class,
                UnknownOutcome.class,
                Idempotency.class,
                AtomicUnit.class,
                StableRead.class,
                Staging.class);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void onAStoreThatDoesNothing(Class<?> suite) {
        Events tests =
                EngineTestKit.engine("junit-jupiter")
                        .selectors(selectClass(suite))
                        .execute()
                        .testEvents();
        assertThat(tests.started().count()).isEqualTo(declaredTests(suite)).isPositive();
        assertThat(tests.succeeded().list()).as("passed").isEmpty();
        assertThat(tests.skipped().list()).isEmpty();
        assertThat(tests.failed().list()).allSatisfy(SuitesBiteTest::failedByAnAssertion);
    }

    private static long declaredTests(Class<?> suite) {
        return Arrays.stream(suite.getSuperclass().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .count();
    }

    private static void failedByAnAssertion(Event event) {
        assertThat(event.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class))
                .satisfies(result ->
                        assertThat(result.getThrowable())
                                .as(event.getTestDescriptor().getDisplayName())
                                .containsInstanceOf(AssertionError.class));
    }
}
