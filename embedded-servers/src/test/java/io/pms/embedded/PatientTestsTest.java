package io.pms.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.awaitility.core.EvaluatedCondition;
import org.junit.jupiter.api.Test;

class PatientTestsTest {
    @Test
    void waitAMinuteUnlessTheySayOtherwise() {
        await().conditionEvaluationListener(PatientTestsTest::assertThatMuchTimeIsLeft)
                .until(() -> true);
    }

    private static void assertThatMuchTimeIsLeft(EvaluatedCondition<?> condition) {
        Duration whole =
                Duration.ofMillis(
                        condition.getElapsedTimeInMS() + condition.getRemainingTimeInMS());
        assertThat(whole).isBetween(Duration.ofSeconds(55), Duration.ofSeconds(65));
    }
}
