package io.pms.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.embedded.SharedServers;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogHeads;
import io.pms.log.LogSchema;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArchiveGuardTest {
    private static final int SIZE = 300;

    private final SampleLog log = new SampleLog();
    private SampleArchive sample;
    private Archive archive;

    @BeforeEach
    void fill() {
        log.append(SIZE);
        sample = SampleArchive.of(log);
        archive = sample.archive();
    }

    @AfterEach
    void close() {
        sample.close();
        log.close();
    }

    private void check(SampleLog of) {
        ArchiveGuard.check(of.log(), archive, Duration.ZERO);
    }

    @Test
    void letsTheLogGoOnThatWasArchivedAndWhatFollowed() {
        assertThatCode(() -> check(log)).doesNotThrowAnyException();
        log.append(5);
        assertThatCode(() -> check(log)).doesNotThrowAnyException();
    }

    @Test
    void stopsALogThatLostEventsAndOneThatWentOnWithoutThem() {
        try (SampleLog shorter = log.asItWasAt(SIZE - 1)) {
            assertThatThrownBy(() -> check(shorter)).hasMessageContaining("--roll-forward");
            shorter.append(20);
            assertThatThrownBy(() -> check(shorter)).hasMessageContaining("differ at position");
        }
        try (SampleLog other = new SampleLog()) {
            other.append(1);
            assertThatThrownBy(() -> check(other)).hasMessageContaining("a place of its own");
        }
    }

    @Test
    void letsNoLogBeMadeBesideAnArchiveThatMayBeWhatTheDatabaseLost() {
        SharedServers.Database lost = SharedServers.freshDatabase();
        DatabaseUrl owner = DatabaseUrl.parse(lost.ownerUrl());
        DatabaseUrl application = DatabaseUrl.parse(lost.applicationUrl());
        assertThatThrownBy(() ->
                        LogSchema.migrate(
                                owner,
                                application,
                                0,
                                id -> ArchiveGuard.requireNoArchive(archive, Duration.ZERO)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("300 events")
                .hasMessageContaining("./pms restore --to latest");
        assertThat(LogHeads.find(owner, 0)).isEmpty();
    }
}
