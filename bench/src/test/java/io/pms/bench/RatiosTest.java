package io.pms.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatiosTest {
    @Test
    void tellsTheMiddleAndTheExtremes() {
        assertThat(Ratios.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Ratios(1, 2, 3));
        assertThat(Ratios.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Ratios(1, 2.5, 4));
    }

    @Test
    void areAboveOneWhenOursIsBetter() {
        assertThat(Measure.RATE.ratio(200, 100)).isEqualTo(2);
        assertThat(Measure.P99.ratio(5, 10)).isEqualTo(2);
        assertThat(Measure.DISK.ratio(500, 1_000)).isEqualTo(2);
    }
}
