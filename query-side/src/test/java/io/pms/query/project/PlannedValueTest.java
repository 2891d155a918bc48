package io.pms.query.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannedValueTest {
    private static final LocalDateTime NOW = LocalDateTime.parse("2026-01-06T00:00:00.250");

    private static String at(String period, String cost) {
        return PlannedValue.at(NOW, Map.of(period, cost), 4).toPlainString();
    }

    @Test
    void whatIsOverCountsInFullAndWhatHasNotBegunNotAtAll() {
        assertThat(at("2026-01-01T00:00|2026-01-06T00:00", "10000")).isEqualTo("1");
        assertThat(at("2026-01-07T00:00|2026-01-08T00:00", "10000")).isEqualTo("0");
        assertThat(at("|2026-01-05T00:00", "10000")).isEqualTo("1");
        assertThat(at("|2026-01-07T00:00", "10000")).isEqualTo("0");
        assertThat(at("2026-01-01T00:00|", "10000")).isEqualTo("0");
        assertThat(at("|", "10000")).isEqualTo("0");
    }

    @Test
    void aPeriodShorterThanASecondIsSharedToo() {
        assertThat(at("2026-01-06T00:00|2026-01-06T00:00:00.500", "10000")).isEqualTo("0.5");
    }

    @Test
    void aFinishBeforeTheStartIsReachedAtTheFinish() {
        assertThat(at("2026-01-09T00:00|2026-01-05T00:00", "10000")).isEqualTo("1");
        assertThat(at("2026-01-09T00:00|2026-01-07T00:00", "10000")).isEqualTo("0");
    }
}
