package io.pms.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** A store that does nothing fails every test of the contract. */
class ContractBitesTest {
    static class DoingNothing extends ObjectStoreContract {
        @Override
        ObjectStore open(String place) {
            return new DoNothingStore();
        }
    }

    @Test
    void onAStoreThatDoesNothing() {
        Events tests =
                EngineTestKit.engine("junit-jupiter")
                        .selectors(selectClass(DoingNothing.class))
                        .execute()
                        .testEvents();
        assertThat(tests.started().count()).isEqualTo(declaredTests()).isPositive();
        assertThat(tests.succeeded().list()).as("passed").isEmpty();
        assertThat(tests.skipped().list()).isEmpty();
        assertThat(tests.failed().list())
                .allSatisfy(event ->
                        assertThat(
                                        event.getRequiredPayload(TestExecutionResult.class)
                                                .getThrowable())
                                .as(event.getTestDescriptor().getDisplayName())
                                .get()
                                .satisfies(ContractBitesTest::isAnAssertion));
    }

    private static void isAnAssertion(Throwable failure) {
        boolean asserted = failure instanceof AssertionError;
        boolean inAThread = failure.getCause() instanceof AssertionError;
        assertThat(asserted || inAThread).isTrue();
    }

    private static long declaredTests() {
        return Arrays.stream(ObjectStoreContract.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .count();
    }
}
