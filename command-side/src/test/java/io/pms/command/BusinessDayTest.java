package io.pms.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class BusinessDayTest {
    private static BusinessDay at(String instant, String zone) {
        return BusinessDay.of(() -> Instant.parse(instant), zone);
    }

    private static void turns(BusinessDay day, String planned, String turn) {
        assertThat(day.turnAfter(LocalDateTime.parse(planned))).isEqualTo(turn);
    }

    @Test
    void isTheDateInTheZoneOfTheBusiness() {
        assertThat(at("2026-11-23T23:30:00Z", "UTC").today()).isEqualTo("2026-11-23");
        assertThat(at("2026-11-23T23:30:00Z", "Europe/Berlin").today()).isEqualTo("2026-11-24");
        assertThat(at("2026-11-23T00:30:00Z", "America/New_York").today()).isEqualTo("2026-11-22");
    }

    @Test
    void turnsAfterWhatIsPlannedForLater() {
        BusinessDay day = at("2026-11-23T10:00:00Z", "Europe/Berlin");
        turns(day, "2026-11-23T00:00", "2026-11-23T23:00:00Z");
        turns(day, "2026-11-23T23:59:59", "2026-11-23T23:00:00Z");
        turns(day, "2026-11-24T08:00", "2026-11-24T23:00:00Z");
        turns(day, "2027-06-30T17:00", "2027-06-30T22:00:00Z");
    }

    @Test
    void turnsNextForWhatHasPassedAlready() {
        BusinessDay day = at("2026-11-23T10:00:00Z", "UTC");
        turns(day, "2026-11-22T17:00", "2026-11-24T00:00:00Z");
        turns(day, "0001-01-01T00:00", "2026-11-24T00:00:00Z");
    }

    @Test
    void beginsLaterWhereAClockLeapsOverMidnight() {
        turns(
                at("2026-04-24T10:00:00Z", "Africa/Cairo"),
                "2026-04-23T17:00",
                "2026-04-24T21:00:00Z");
        turns(
                at("2026-04-22T10:00:00Z", "Africa/Cairo"),
                "2026-04-23T17:00",
                "2026-04-23T22:00:00Z");
    }

    @Test
    void refusesADateThatNobodyCanKnowYet() {
        BusinessDay day = at("2026-11-23T10:00:00Z", "UTC");
        assertThatCode(() -> day.requireNotAhead("date", LocalDate.parse("2026-11-24")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> day.requireNotAhead("date", LocalDate.parse("2026-11-25")))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("date lies more than a day ahead: 2026-11-25");
    }

    @Test
    void saysWhatIsWrongWithAZoneThatIsNone() {
        assertThatThrownBy(() -> at("2026-11-23T10:00:00Z", "Middle/Earth"))
                .hasMessageContaining("PMS_BUSINESS_ZONE")
                .hasMessageContaining("Middle/Earth");
    }
}
