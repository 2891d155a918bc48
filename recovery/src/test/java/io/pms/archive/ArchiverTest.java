package io.pms.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.embedded.SharedServers;
import io.pms.entry.Entry;
import io.pms.entry.EntryCodec;
import io.pms.log.Head;
import io.pms.objects.Condition;
import io.pms.objects.NewObject;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreSettings;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.Hash;
import io.pms.tlog.SignedNote;
import io.pms.tlog.TilePath;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArchiverTest {
    private static final byte[] SEED = new byte[32];

    private final SampleLog sample = new SampleLog();
    private final Path folder = SharedServers.temporary("archive");
    private final ObjectStore store =
            ObjectStore.open(
                    folder.toUri().toString().replace("///", "/"), ObjectStoreSettings.defaults());
    private final ArchiveStatus status = new ArchiveStatus(InstantSource.system());

    @AfterEach
    void close() {
        sample.close();
        store.close();
    }

    private Archiver start(SampleLog of) {
        return start(of, List.of(SEED));
    }

    private Archiver start(SampleLog of, List<byte[]> seeds) {
        Archiver archiver =
                new Archiver(
                        of.log(),
                        store,
                        origin -> LogKeys.ofSeeds(origin, seeds),
                        new ArchiveLease(of.application(), 0),
                        new ArchiveState(of.application(), 0),
                        status,
                        Duration.ofMillis(50));
        archiver.start();
        return archiver;
    }

    private void awaitArchived(long size) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(status.archived()).as(status.problem()).isEqualTo(size));
    }

    /** The newest checkpoint is the log's, and its bundles hold the log's entries. */
    private void requireWhole(SampleLog of) {
        Head head = of.log().head();
        LogKeys keys = LogKeys.ofSeeds(head.origin(), List.of(SEED));
        Archive archive = new Archive(store);
        Checkpoint checkpoint = keys.trust().open(archive.checkpoint().orElseThrow());
        assertThat(checkpoint.size()).isEqualTo(head.size());
        assertThat(checkpoint.root()).isEqualTo(Hash.of(head.root()));
        for (long bundle = 0; bundle * TilePath.FULL_WIDTH < head.size(); bundle++) {
            List<byte[]> entries = archive.entries(bundle, head.size());
            List<Entry> expected = of.log().read(bundle * TilePath.FULL_WIDTH, entries.size());
            assertThat(IntStream.range(0, entries.size()).boxed().toList())
                    .allSatisfy(i ->
                            assertThat(entries.get(i))
                                    .isEqualTo(EntryCodec.encode(expected.get(i))));
        }
    }

    @Test
    void archivesWhatIsThereAndWhatComes() {
        sample.append(1_000);
        try (Archiver archiver = start(sample)) {
            awaitArchived(1_000);
            requireWhole(sample);
            sample.append(25);
            awaitArchived(1_025);
            requireWhole(sample);
        }
    }

    @Test
    void goesOnWhereAnotherHasStopped() {
        for (int size : List.of(1, 254, 1, 1, 255, 300)) {
            sample.append(size);
            try (Archiver archiver = start(sample)) {
                awaitArchived(sample.log().head().size());
            }
            requireWhole(sample);
        }
    }

    @Test
    void removesPartialTilesOnlyWhenTheFullOnesAreBehindACheckpoint() {
        try (Archiver archiver = start(sample)) {
            sample.append(10);
            awaitArchived(10);
            sample.append(100);
            awaitArchived(110);
            assertThat(store.list("tile/entries/000.p/", null, 10)).hasSize(2);
            sample.append(200);
            awaitArchived(310);
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
        byte[] other = new byte[32];
        other[0] = 1;
        sample.append(300);
        String origin = sample.log().head().origin();
        for (List<byte[]> seeds : List.of(List.of(SEED), List.of(other, SEED), List.of(other))) {
            try (Archiver archiver = start(sample, seeds)) {
                await().until(status::isActive);
                awaitArchived(300);
                assertThat(archiver.verifierKeys())
                        .isEqualTo(SigningKeys.verifiers(origin, seeds));
            }
            SignedNote note = new Archive(store).checkpoint().orElseThrow();
            assertThat(note.signatures()).hasSameSizeAs(seeds);
            assertThat(LogKeys.ofSeeds(origin, seeds).areThoseOf(note)).isTrue();
        }
    }

    @Test
    void signsNoRootAgainThatIsNotTheLogs() {
        byte[] other = new byte[32];
        other[0] = 1;
        sample.append(300);
        String origin = sample.log().head().origin();
        try (Archiver archiver = start(sample)) {
            awaitArchived(300);
        }
        Checkpoint forged = new Checkpoint(origin, 300, Hash.EMPTY_ROOT);
        byte[] checkpoint = LogKeys.ofSeeds(origin, List.of(SEED)).sign(forged).encode();
        store.put(
                new NewObject(TilePath.CHECKPOINT, checkpoint, "text/plain", "no-cache", false),
                Condition.always());
        try (Archiver archiver = start(sample, List.of(other, SEED))) {
            await().until(status::isForked);
        }
        assertThat(store.get(TilePath.CHECKPOINT).orElseThrow().bytes()).isEqualTo(checkpoint);
    }

    @Test
    void refusesTheArchiveOfAnotherLog() {
        sample.append(300);
        try (Archiver archiver = start(sample)) {
            awaitArchived(300);
        }
        byte[] checkpoint = store.get(TilePath.CHECKPOINT).orElseThrow().bytes();
        try (SampleLog other = new SampleLog()) {
            other.append(500);
            try (Archiver archiver = start(other)) {
                await().until(status::isForked);
                assertThat(status.problem()).contains("none of its signatures is by a known key");
            }
        }
        assertThat(store.get(TilePath.CHECKPOINT).orElseThrow().bytes()).isEqualTo(checkpoint);
    }

    @Test
    void saysWhenTheLogIsShorterThanItsArchive() throws Exception {
        sample.append(300);
        try (Archiver archiver = start(sample)) {
            awaitArchived(300);
        }
        try (SampleLog shorter = sample.asItWasAt(290)) {
            try (Archiver archiver = start(shorter)) {
                await().until(status::isForked);
                assertThat(status.problem()).contains("290").contains("roll-forward");
            }
        }
    }

    @Test
    void oneArchivesAndTheOtherTakesOver() {
        sample.append(10);
        Archiver first = start(sample);
        awaitArchived(10);
        try (Archiver second = start(sample)) {
            sample.append(10);
            awaitArchived(20);
            first.close();
            sample.append(10);
            awaitArchived(30);
            requireWhole(sample);
        }
    }
}
