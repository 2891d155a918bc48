package io.pms.log.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class PolicyFailuresTest {
    private final PolicyFailures failures = new PolicyFailures(new SimpleMeterRegistry());

    private void failed(String policy, String at) {
        failures.failed(policy, at, new IllegalStateException("not today"));
    }

    @Test
    void areToldUntilEachOfThemHasSucceeded() {
        failed("overdue", "deadline a");
        failed("overdue", "deadline b");
        assertThat(failures.of("overdue")).startsWith("deadline b");
        failures.succeeded("overdue", "deadline b");
        assertThat(failures.of("overdue")).startsWith("deadline a");
        failures.succeeded("overdue", "deadline a");
        assertThat(failures.of("overdue")).isNull();
    }

    @Test
    void areThePoliciesOwn() {
        failed("overdue", "deadline a");
        assertThat(failures.of("other")).isNull();
        failures.succeeded("other", "deadline a");
        assertThat(failures.of("overdue")).isNotNull();
    }
}
