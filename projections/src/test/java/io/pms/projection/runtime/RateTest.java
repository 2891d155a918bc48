package io.pms.projection.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateTest {
    private final Rate rate = new Rate();

    private long after(double seconds, long events) {
        return rate.perSecond(events, (long) (seconds * 1e9));
    }

    @Test
    void isNotKnownAtFirst() {
        assertThat(after(0, 700)).isZero();
        assertThat(after(0, 700)).isZero();
    }

    @Test
    void isThatOfTheLastSeconds() {
        after(0, 0);
        assertThat(after(1, 1_000)).isEqualTo(1_000);
        assertThat(after(2, 1_000)).isEqualTo(500);
        for (int second = 3; second <= 20; second++) after(second, 1_000 + second * 300L);
        assertThat(after(21, 1_000 + 21 * 300L)).isEqualTo(300);
    }

    @Test
    void isSeenAlsoWhereNobodyLooksForLong() {
        after(0, 0);
        assertThat(after(100, 5_000)).isEqualTo(50);
    }

    @Test
    void isNotNegativeWhenSomethingBeginsAnew() {
        after(0, 9_000);
        assertThat(after(1, 0)).isZero();
    }
}
