package io.pms.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GrowthTest {
    private static final long SECOND = 1_000_000_000;

    private final Growth growth = new Growth();

    @Test
    void knowsWhenAnEventWasSeen() {
        growth.seen(10, SECOND);
        growth.seen(10, 2 * SECOND);
        growth.seen(12, 3 * SECOND);
        growth.seen(13, 4 * SECOND);
        assertThat(growth.seenAt(9)).as("it was there before").isNull();
        assertThat(growth.seenAt(10)).isEqualTo(3 * SECOND);
        assertThat(growth.seenAt(11)).isEqualTo(3 * SECOND);
        assertThat(growth.seenAt(12)).isEqualTo(4 * SECOND);
        assertThat(growth.seenAt(13)).as("it is not there").isNull();
    }

    @Test
    void forgetsWhatNobodyAsksForAgain() {
        growth.seen(0, 0);
        growth.seen(5, SECOND);
        growth.seen(9, 2 * SECOND);
        growth.forget(7);
        assertThat(growth.seenAt(6)).isNull();
        assertThat(growth.seenAt(7)).isEqualTo(2 * SECOND);
    }

    @Test
    void makesNoEventYoungerHoweverMuchItHasSeen() {
        growth.seen(0, 0);
        int events = 100 * Growth.MAX_STEPS;
        for (int i = 1; i <= events; i++) growth.seen(i, i * SECOND);
        for (int i = 0; i < events; i++)
            assertThat(growth.seenAt(i)).isBetween(0L, (i + 1) * SECOND);
        assertThat(growth.seenAt(events - 1)).as("recent ones").isEqualTo(events * SECOND);
    }

    @Test
    void isNotMistakenAboutNewsThatIsLate() {
        growth.seen(0, 0);
        growth.seen(9, SECOND);
        growth.seen(5, 2 * SECOND);
        assertThat(growth.seenAt(8)).isEqualTo(SECOND);
    }
}
