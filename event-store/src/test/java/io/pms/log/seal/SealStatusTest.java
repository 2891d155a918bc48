package io.pms.log.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SealStatusTest {
    private long nanos;
    private final SealStatus status = new SealStatus(() -> nanos);

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void isAProblemWhenAnErasureIsPendingForAMinute() {
        pass(Duration.ofHours(1));
        status.heard(2);
        pass(Duration.ofSeconds(59));
        status.heard(2); // it was tried again
        assertThat(status.problem()).isNull();
        pass(Duration.ofSeconds(1));
        assertThat(status.problem()).contains("2 people").contains("60 s");
        status.heard(0);
        assertThat(status.problem()).isNull();
    }

    @Test
    void doesNotForgetKeysThatAreBackWhenOthersAreDestroyed() {
        status.back(3);
        status.heard(1);
        pass(Duration.ofMinutes(2));
        status.heard(0);
        assertThat(status.pending()).isEqualTo(3);
        assertThat(status.problem()).contains("3 people");
        status.back(0);
        assertThat(status.problem()).isNull();
        status.heard(1);
        assertThat(status.problem()).isNull();
    }
}
