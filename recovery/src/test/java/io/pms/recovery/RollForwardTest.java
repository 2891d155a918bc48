package io.pms.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.archive.DamagedArchiveException;
import io.pms.archive.SampleArchive;
import io.pms.archive.SampleLog;
import io.pms.log.DatabaseUrl;
import io.pms.log.Head;
import io.pms.log.LogVerifier;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RollForwardTest {
    private static final int SIZE = 900;

    private final SampleLog log = new SampleLog();
    private SampleArchive archive;

    @BeforeEach
    void fill() {
        log.append(SIZE);
        archive = SampleArchive.of(log);
    }

    @AfterEach
    void close() {
        archive.close();
        log.close();
    }

    private RollForward.Outcome rollForward(DatabaseUrl url) {
        return new RollForward(archive.trusted(), url, 0, Restore.Progress.NONE).run(false);
    }

    private static List<String> problems(SampleLog of) {
        return LogVerifier.verify(of.application(), 0, LogVerifier.Progress.NONE).problems();
    }

    @Test
    void appendsWhatAShorterDatabaseLacksByteForByte() {
        for (int size : List.of(0, 1, 255, 256, 700, SIZE - 1))
            try (SampleLog shorter = log.asItWasAt(size)) {
                RollForward.Outcome outcome = rollForward(shorter.application());
                assertThat(outcome).isEqualTo(new RollForward.Outcome(size, SIZE, SIZE, null));
                Head head = shorter.log().head();
                assertThat(head.root()).isEqualTo(log.log().head().root());
                assertThat(head.recordedTimeMicros())
                        .isEqualTo(log.log().head().recordedTimeMicros());
                assertThat(head.epoch()).isPositive();
                assertThat(problems(shorter)).isEmpty();
                shorter.append(3);
                assertThat(problems(shorter)).isEmpty();
            }
    }

    @Test
    void leavesADatabaseAsItIsThatHasEverything() {
        String history = log.log().head().history();
        assertThat(rollForward(log.application()))
                .isEqualTo(new RollForward.Outcome(SIZE, SIZE, SIZE, null));
        log.append(10);
        assertThat(rollForward(log.application()).after()).isEqualTo(SIZE + 10);
        assertThat(log.log().head().history()).isEqualTo(history);
    }

    @Test
    void refusesADatabaseThatHasAnotherHistoryAndSaysFromWhere() {
        try (SampleLog diverged = log.asItWasAt(600)) {
            diverged.append(5);
            assertThatThrownBy(() -> rollForward(diverged.application()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("differ from position 600 on");
            assertThat(diverged.log().head().size()).isEqualTo(605);
            diverged.append(SIZE);
            assertThatThrownBy(() -> rollForward(diverged.application()))
                    .hasMessageContaining("differ from position 600 on");
            diverged.append(1); // it was not left closed
            assertThat(
                            new ArchiveComparison(archive.trusted(), diverged.application(), 0)
                                    .problem(LogVerifier.Progress.NONE)
                                    .orElseThrow())
                    .contains("position 600");
        }
    }

    @Test
    void refusesAnotherLog() {
        try (SampleLog other = new SampleLog()) {
            assertThatThrownBy(() -> rollForward(other.application()))
                    .hasMessageContaining("and the archive is of");
        }
    }

    @Test
    void refusesAnArchiveThatIsDamaged() {
        byte[] bundle = archive.get("tile/entries/002");
        byte[] changed = bundle.clone();
        changed[bundle.length / 2] ^= 1;
        archive.put("tile/entries/002", changed);
        try (SampleLog shorter = log.asItWasAt(300)) {
            assertThatThrownBy(() -> rollForward(shorter.application()))
                    .isInstanceOf(DamagedArchiveException.class);
            assertThat(problems(shorter)).isEmpty();
            assertThatThrownBy(() -> shorter.append(1))
                    .hasMessageContaining("closed until ./pms restore --roll-forward");
            archive.put("tile/entries/002", bundle);
            assertThat(rollForward(shorter.application()).after()).isEqualTo(SIZE);
            shorter.append(1);
        }
    }

    @Test
    void goesOnWithoutWhatTheArchiveHasLostWhenToldSo() {
        archive.delete("tile/entries/002");
        try (SampleLog shorter = log.asItWasAt(300)) {
            assertThatThrownBy(() -> rollForward(shorter.application()))
                    .isInstanceOf(DamagedArchiveException.class);
            RollForward.Outcome outcome =
                    new RollForward(
                                    archive.trusted(),
                                    shorter.application(),
                                    0,
                                    Restore.Progress.NONE)
                            .run(true);
            assertThat(outcome.after()).isEqualTo(512);
            assertThat(outcome.damage()).contains("tile/entries/002");
            shorter.append(1);
            assertThat(problems(shorter)).isEmpty();
        }
    }

    @Test
    void isAnotherHistoryForWhoeverKeepsPositionsOfIt() {
        try (SampleLog shorter = log.asItWasAt(700)) {
            String before = shorter.log().head().history();
            rollForward(shorter.application());
            Head head = shorter.log().head();
            assertThat(head.history()).isNotEqualTo(before).startsWith(head.origin());
            assertThat(log.log().head().history()).isEqualTo(head.origin());
        }
    }

    @Test
    void comparesADatabaseWithTheArchive() {
        assertThat(compare(log)).isEmpty();
        try (SampleLog shorter = log.asItWasAt(600)) {
            assertThat(compare(shorter).orElseThrow()).contains("has lost some");
        }
        log.append(20);
        assertThat(compare(log)).isEmpty();
    }

    private Optional<String> compare(SampleLog with) {
        return new ArchiveComparison(archive.trusted(), with.application(), 0)
                .problem(LogVerifier.Progress.NONE);
    }
}
