package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.standalone.HealthChecks.Result;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthChecksTest {
    private static Status after(long rpoSeconds, long intervalSeconds) {
        return HealthChecks.behind(
                        7, Duration.ofSeconds(rpoSeconds), Duration.ofSeconds(intervalSeconds))
                .status();
    }

    @Test
    void anArchiveIsBehindWhenItIsLaterThanItsCheckpointsMayBeApart() {
        assertThat(after(11, 1)).isEqualTo(Status.HEALTHY);
        assertThat(after(12, 1)).isEqualTo(Status.DEGRADED);
        assertThat(after(20, 10)).isEqualTo(Status.HEALTHY);
        assertThat(after(21, 10)).isEqualTo(Status.DEGRADED);
    }

    @Test
    void tellsHowFarItIsBehind() {
        assertThat(HealthChecks.behind(7, Duration.ofSeconds(90), Duration.ofSeconds(1)))
                .extracting(Result::detail)
                .isEqualTo("7 events, the oldest of 90 s ago, are not archived");
    }
}
