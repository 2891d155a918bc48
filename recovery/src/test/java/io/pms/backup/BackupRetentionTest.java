package io.pms.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackupRetentionTest {
    private static final Instant NOW = Instant.parse("2026-06-30T03:00:00Z");

    private final BackupRetention retention = new BackupRetention(Duration.ofDays(30));

    private static List<BackupName> daysAgo(int... days) {
        return IntStream.of(days)
                .mapToObj(day -> BackupName.at(NOW.minus(Duration.ofDays(day))))
                .toList();
    }

    @Test
    void letsThoseGoThatAreOlderThanTheyAreKept() {
        List<BackupName> all = daysAgo(32, 31, 30, 29, 0);
        assertThat(retention.expired(all, all.getLast(), NOW)).isEqualTo(all.subList(0, 2));
    }

    @Test
    void keepsTheNewestWholeOneHoweverOldItIs() {
        List<BackupName> all = daysAgo(90, 80, 70);
        assertThat(retention.expired(all, all.getLast(), NOW)).isEqualTo(all.subList(0, 2));
        assertThat(retention.expired(all, all.get(1), NOW))
                .containsExactly(all.getFirst(), all.getLast());
    }

    @Test
    void keepsAllWhenNoneIsWhole() {
        assertThat(retention.expired(daysAgo(90, 80), null, NOW)).isEmpty();
    }

    @Test
    void letsUnfinishedOnesGoAfterADay() {
        List<BackupName> all = daysAgo(3, 2, 1, 0);
        assertThat(retention.abandoned(all, NOW)).isEqualTo(all.subList(0, 2));
    }

    @Test
    void namesSayWhenAndSortByTime() {
        Instant time = Instant.parse("2026-01-02T03:04:05.678Z");
        BackupName name = BackupName.at(time);
        assertThat(name.text()).matches("20260102T030405Z-[0-9a-f]{8}");
        assertThat(BackupName.parse(name.text())).contains(name);
        assertThat(BackupName.at(time.plusSeconds(1))).isGreaterThan(name);
        for (String other : List.of("", "x", "20269902T030405Z-00000000", name.text() + "0"))
            assertThat(BackupName.parse(other)).isEmpty();
    }
}
