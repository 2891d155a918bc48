package io.pms.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.embedded.SharedServers;
import io.pms.objects.Condition;
import io.pms.objects.NewObject;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreSettings;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.Hash;
import io.pms.tlog.SignedNote;
import io.pms.tlog.TilePath;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArchiverTest {
    private static final byte[] SEED = ArchivingProcess.SEED;
    private static final byte[] OTHER = new byte[32];

    static {
        OTHER[0] = 1;
    }

    private final SampleLog sample = new SampleLog();
    private final Path folder = SharedServers.temporary("archive");
    private final ObjectStore store =
            ObjectStore.open(
                    folder.toUri().toString().replace("///", "/"), ObjectStoreSettings.defaults());

    @AfterEach
    void close() {
        sample.close();
        store.close();
    }

    private ArchivingProcess start(SampleLog of) {
        return ArchivingProcess.start(of, store);
    }

    @Test
    void archivesWhatIsThereAndWhatComes() {
        sample.append(1_000);
        try (ArchivingProcess archiver = start(sample)) {
            archiver.awaitArchived(1_000);
            OneHistory.requireAll(sample, store);
            sample.append(25);
            archiver.awaitArchived(1_025);
            OneHistory.requireAll(sample, store);
        }
    }

    @Test
    void goesOnWhereAnotherHasStopped() {
        for (int size : List.of(1, 254, 1, 1, 255, 300)) {
            sample.append(size);
            try (ArchivingProcess archiver = start(sample)) {
                archiver.awaitArchived(sample.log().head().size());
            }
            OneHistory.requireAll(sample, store);
        }
    }

    @Test
    void removesPartialTilesOnlyWhenTheFullOnesAreBehindACheckpoint() {
        try (ArchivingProcess archiver = start(sample)) {
            sample.append(10);
            archiver.awaitArchived(10);
            sample.append(100);
            archiver.awaitArchived(110);
            assertThat(store.list("tile/entries/000.p/", null, 10)).hasSize(2);
            sample.append(200);
            archiver.awaitArchived(310);
            await().untilAsserted(() ->
                    assertThat(store.list("tile/", null, 100))
                            .containsExactlyInAnyOrder(
                                    "tile/entries/000",
                                    "tile/entries/001.p/54",
                                    "tile/0/000",
                                    "tile/0/001.p/54",
                                    "tile/1/000.p/1"));
        }
    }

    @Test
    void signsTheNewestCheckpointAgainWhenKeysWereReplacedAndNothingIsToBeArchived() {
        sample.append(300);
        String origin = sample.log().head().origin();
        for (List<byte[]> seeds : List.of(List.of(SEED), List.of(OTHER, SEED), List.of(OTHER))) {
            try (ArchivingProcess process = ArchivingProcess.start(sample, store, seeds)) {
                await().until(process.status()::isActive);
                process.awaitArchived(300);
                assertThat(process.verifierKeys()).isEqualTo(SigningKeys.verifiers(origin, seeds));
            }
            SignedNote note = new Archive(store).checkpoint().orElseThrow();
            assertThat(note.signatures()).hasSameSizeAs(seeds);
            assertThat(LogKeys.ofSeeds(origin, seeds).areThoseOf(note)).isTrue();
        }
    }

    @Test
    void signsNoRootAgainThatIsNotTheLogs() {
        sample.append(300);
        String origin = sample.log().head().origin();
        try (ArchivingProcess process = start(sample)) {
            process.awaitArchived(300);
        }
        Checkpoint forged = new Checkpoint(origin, 300, Hash.EMPTY_ROOT);
        byte[] checkpoint = LogKeys.ofSeeds(origin, List.of(SEED)).sign(forged).encode();
        store.put(
                new NewObject(TilePath.CHECKPOINT, checkpoint, "text/plain", "no-cache", false),
                Condition.always());
        try (ArchivingProcess process =
                ArchivingProcess.start(sample, store, List.of(OTHER, SEED))) {
            await().until(process.status()::isForked);
        }
        assertThat(store.get(TilePath.CHECKPOINT).orElseThrow().bytes()).isEqualTo(checkpoint);
    }

    @Test
    void refusesTheArchiveOfAnotherLog() {
        sample.append(300);
        try (ArchivingProcess archiver = start(sample)) {
            archiver.awaitArchived(300);
        }
        byte[] checkpoint = store.get(TilePath.CHECKPOINT).orElseThrow().bytes();
        try (SampleLog other = new SampleLog()) {
            other.append(500);
            try (ArchivingProcess archiver = start(other)) {
                await().until(archiver.status()::isForked);
                assertThat(archiver.status().problem())
                        .contains("none of its signatures is by a known key");
            }
        }
        assertThat(store.get(TilePath.CHECKPOINT).orElseThrow().bytes()).isEqualTo(checkpoint);
    }

    @Test
    void saysWhenTheLogIsShorterThanItsArchive() throws Exception {
        sample.append(300);
        try (ArchivingProcess archiver = start(sample)) {
            archiver.awaitArchived(300);
        }
        try (SampleLog shorter = sample.asItWasAt(290)) {
            try (ArchivingProcess archiver = start(shorter)) {
                await().until(archiver.status()::isForked);
                assertThat(archiver.status().problem()).contains("290").contains("roll-forward");
            }
        }
    }

    /** It does not look well again between attempts. */
    @Test
    void goesOnSayingThatTheLogWasChanged() throws SQLException {
        sample.append(300);
        try (ArchivingProcess archiver = start(sample)) {
            archiver.awaitArchived(300);
        }
        sample.append(10);
        try (Connection owner = DriverManager.getConnection(sample.owner().with(""));
                Statement change = owner.createStatement()) {
            change.execute(
                    "UPDATE log_head SET previous = size, previous_root = root, expected_epoch = epoch, frontier = REVERSE(frontier)");
        }
        try (ArchivingProcess archiver = start(sample)) {
            await().until(archiver.status()::isForked);
            await().during(Duration.ofMillis(1_200))
                    .pollInterval(Duration.ofMillis(1))
                    .until(archiver.status()::isForked);
            assertThat(archiver.status().problem()).contains("other roots at 310 events");
        }
    }

    /** However often something is appended. */
    @Test
    void publishesNotMoreThanOneCheckpointAnInterval() {
        Duration interval = Duration.ofMillis(500);
        AtomicInteger checkpoints = new AtomicInteger();
        MeddlingStore counting =
                new MeddlingStore(
                        store,
                        (object, condition) -> {
                            if (object.key().equals(TilePath.CHECKPOINT))
                                checkpoints.incrementAndGet();
                            return false;
                        },
                        () -> {});
        long begun = System.nanoTime();
        try (ArchivingProcess archiver = ArchivingProcess.start(sample, counting, interval)) {
            await().pollInterval(Duration.ofMillis(10))
                    .until(() -> {
                        sample.append(1);
                        return checkpoints.get() >= 4;
                    });
            Duration passed = Duration.ofNanos(System.nanoTime() - begun);
            assertThat(passed).isGreaterThanOrEqualTo(interval.multipliedBy(3));
        }
    }

    @Test
    void oneArchivesAndTheOtherTakesOver() {
        sample.append(10);
        ArchivingProcess first = start(sample);
        first.awaitArchived(10);
        try (ArchivingProcess second = start(sample)) {
            sample.append(10);
            second.awaitArchived(20);
            first.close();
            sample.append(10);
            second.awaitArchived(30);
            OneHistory.requireAll(sample, store);
        }
    }
}
