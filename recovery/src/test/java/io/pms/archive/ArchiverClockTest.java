package io.pms.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.embedded.SharedServers;
import io.pms.entry.Entry;
import io.pms.log.LogUnavailableException;
import io.pms.log.NotArchivedException;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The wall clock of a process jumps while it appends and archives. */
class ArchiverClockTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration TIMEOUT = Duration.ofMillis(300);

    private volatile Duration shift = Duration.ZERO;
    private final SampleLog sample = new SampleLog(this::now);
    private final ObjectStore store =
            ObjectStore.open(
                    "file:" + SharedServers.temporary("archive"), ObjectStoreSettings.defaults());

    private Instant now() {
        return Instant.now().plus(shift);
    }

    @AfterEach
    void close() {
        sample.close();
        store.close();
    }

    private ArchivingProcess start() {
        return ArchivingProcess.start(sample, this::now, store);
    }

    private void requireTimeNeverWentBack() {
        long last = 0;
        for (Entry entry : sample.log().read(0, 1_000)) {
            assertThat(entry.recordedTimeMicros()).isGreaterThanOrEqualTo(last);
            last = entry.recordedTimeMicros();
        }
    }

    @Test
    void goesOnWhenItJumpsBack() throws InterruptedException {
        try (ArchivingProcess process = start();
                ArchivingProcess standby = start()) {
            sample.append(10);
            process.awaitArchived(10);
            boolean isActive = process.status().isActive();
            shift = HOUR.negated();
            for (int size = 20; size <= 60; size += 10) {
                sample.append(10);
                assertThat(process.status().awaitBeyond(size - 1, Duration.ofSeconds(90))).isTrue();
            }
            process.awaitRpoZero();
            assertThat(process.status().isActive()).as("it keeps its lease").isEqualTo(isActive);
        }
        requireTimeNeverWentBack();
        OneHistory.requireAll(sample, store);
    }

    @Test
    void appendsNothingWhileItLeadsAndGoesOnAfterwards() {
        try (ArchivingProcess process = start()) {
            sample.append(10);
            process.awaitArchived(10);
            shift = HOUR;
            assertThatThrownBy(() -> sample.append(1))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(LogUnavailableException.class)
                    .hasMessageContaining("clock");
            assertThat(process.status().rpo()).isLessThan(HOUR);
            shift = Duration.ZERO;
            sample.append(10);
            process.awaitArchived(20);
            process.awaitRpoZero();
        }
        requireTimeNeverWentBack();
        OneHistory.requireAll(sample, store);
    }

    /** Commands wait as long as they should, and the RPO is the time that has passed. */
    @Test
    void measuresWithoutIt() {
        try (ArchivingProcess process = ArchivingProcess.lookOn(sample)) {
            ArchivedDurability durability = new ArchivedDurability(process.status(), TIMEOUT);
            long begun = System.nanoTime();
            sample.append(10);
            for (Duration jump : new Duration[] {HOUR.negated(), HOUR, HOUR.negated()}) {
                shift = jump;
                long waiting = System.nanoTime();
                assertThatThrownBy(() -> durability.await(9))
                        .isInstanceOf(NotArchivedException.class);
                Duration waited = since(waiting);
                assertThat(waited).isBetween(TIMEOUT, TIMEOUT.plusSeconds(10));
                assertThat(process.status().rpo()).isBetween(waited.minusMillis(50), since(begun));
            }
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
