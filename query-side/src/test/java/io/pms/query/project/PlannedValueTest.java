package io.pms.query.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannedValueTest {
    private static final LocalDateTime NOW = LocalDateTime.parse("2026-01-06T00:00:00.250");

    private static String at(String period, String cost) {
        return new PlannedValue(Map.of(period, cost), 4).at(NOW).toPlainString();
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
    void periodsAddUp() {
        PlannedValue value =
                new PlannedValue(
                        Map.of(
                                "2026-01-01T00:00|2026-01-05T00:00", "10000",
                                "2025-01-01T00:00|2026-01-05T00:00", "20000",
                                "|2025-12-31T00:00", "40000",
                                "2026-01-06T00:00|2026-01-06T00:00:00.500", "80000",
                                "2026-01-07T00:00|2026-01-08T00:00", "160000"),
                        4);
        assertThat(value.at(NOW).toPlainString()).isEqualTo("11");
        assertThat(value.at(NOW.plusYears(1)).toPlainString()).isEqualTo("31");
        assertThat(value.at(NOW.minusYears(2)).toPlainString()).isEqualTo("0");
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
