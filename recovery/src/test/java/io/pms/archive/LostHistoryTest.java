package io.pms.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pms.embedded.SharedServers;
import io.pms.log.MerkleFrontier;
import io.pms.objects.Condition;
import io.pms.objects.NewObject;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreSettings;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.EntryBundle;
import io.pms.tlog.Hash;
import io.pms.tlog.HashTile;
import io.pms.tlog.TilePath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events were written ahead of a checkpoint, and then the database lost them. */
class LostHistoryTest {
    private static final LogKeys KEYS = LogKeys.ofSeeds("pms/log/test", List.of(new byte[32]));
    private static final String LOST = "lost";
    private static final String KEPT = "kept";

    private static final BiPredicate<NewObject, Condition> CHECKPOINT =
            (object, condition) -> object.key().equals(TilePath.CHECKPOINT);
    private static final BiPredicate<NewObject, Condition> REPLACEMENT =
            (object, condition) ->
                    object.key().startsWith("tile/") && condition instanceof Condition.IfVersion;

    private ObjectStore store = fresh();
    private long shared;

    private static ObjectStore fresh() {
        return ObjectStore.open(
                "file:" + SharedServers.temporary("archive"), ObjectStoreSettings.defaults());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private byte[] entry(String history, long position) {
        String text = position < shared ? "shared" : history;
        return (text + " " + position).getBytes(StandardCharsets.UTF_8);
    }

    private void append(ArchiveWriter writer, String history, long size) {
        while (writer.size() < size) writer.append(entry(history, writer.size()));
    }

    private void publish(ObjectStore to, String history, long... sizes) {
        try (ArchiveWriter writer = ArchiveWriter.resume(to, KEYS)) {
            for (long size : sizes) {
                append(writer, history, size);
                writer.publish();
            }
        }
    }

    private static void die() {
        throw new StoppingStore.Stopped();
    }

    /** All that the checkpoint covers is there, of one history, and nothing contradicts it. */
    private void requireWhole(String history, long size) {
        Archive archive = new Archive(store);
        Checkpoint checkpoint = KEYS.trust().open(archive.checkpoint().orElseThrow());
        assertThat(checkpoint.size()).isEqualTo(size);
        MerkleFrontier tree = new MerkleFrontier();
        for (long bundle = 0; bundle * TilePath.FULL_WIDTH < size; bundle++) {
            List<byte[]> entries = archive.entries(bundle, size);
            for (byte[] entry : entries) {
                assertThat(entry).isEqualTo(entry(history, tree.size()));
                tree.append(entry);
            }
            HashTile leaves = archive.hashes(TilePath.inTree(0, bundle, size));
            assertThat(new EntryBundle(entries).leaves().firstDifference(leaves)).isEmpty();
        }
        assertThat(checkpoint.root()).isEqualTo(Hash.of(tree.root()));
        await().untilAsserted(() ->
                assertThat(Leftovers.look(archive, size).damages()).as("removed later").isEmpty());
    }

    /** Dies at every call, and what is archived afterwards does and does not end where it did. */
    @ParameterizedTest(name = "a checkpoint of {0} is left")
    @ValueSource(longs = {0, 200, 256})
    void isReplacedWhereverItEnded(long from) {
        for (int call = 1; endsAt(call, from, 600, 700); call++) {}
        for (int call = 1; endsAt(call, from, 257, 258, 300, 599, 601, 1_000); call++) {}
    }

    private boolean endsAt(int call, long from, long... sizes) {
        store.close();
        store = fresh();
        shared = from;
        if (from > 0) publish(store, KEPT, from);
        StoppingStore dying = new StoppingStore(store, call, true);
        try {
            publish(dying, LOST, 600);
        } catch (StoppingStore.Stopped e) {
            // the database has died with it
        }
        if (!dying.hasStopped() || NewestCheckpoint.read(store, KEYS).size() > from) return false;
        for (long size : sizes) {
            publish(store, KEPT, size);
            requireWhole(KEPT, size);
        }
        assertThat(Leftovers.look(new Archive(store), sizes[sizes.length - 1]).ahead()).isZero();
        return true;
    }

    @Test
    void isKeptWhereACheckpointCoversIt() {
        publish(store, LOST, 300);
        store.delete(TilePath.CHECKPOINT);
        shared = 0;
        publish(new MeddlingStore(store, REPLACEMENT, () -> {}), KEPT, 256);
        try (ArchiveWriter behind = ArchiveWriter.resume(store, KEYS)) {
            publish(store, KEPT, 700);
            append(behind, LOST, 512);
            assertThatThrownBy(behind::publish).isInstanceOf(SupersededException.class);
        }
        requireWhole(KEPT, 700);
    }

    /** It had replaced it before the other claimed the place, and would publish after that. */
    @Test
    void isNotPublishedByAWriterThatTookItForItsOwn() {
        shared = 200;
        publish(store, KEPT, 200);
        Runnable other = () -> publish(store, KEPT, 600);
        MeddlingStore late = new MeddlingStore(store, CHECKPOINT, other);
        assertThatThrownBy(() -> publish(late, LOST, 600)).isInstanceOf(SupersededException.class);
        requireWhole(KEPT, 600);
    }

    @Test
    void isNotBroughtBackByAWriterThatIsLate() {
        shared = 200;
        publish(store, KEPT, 200);
        assertThatThrownBy(() ->
                        publish(
                                new MeddlingStore(store, CHECKPOINT, LostHistoryTest::die),
                                "older",
                                600))
                .isInstanceOf(StoppingStore.Stopped.class);
        Runnable other = () -> publish(store, KEPT, 600);
        MeddlingStore late = new MeddlingStore(store, REPLACEMENT, other);
        assertThatThrownBy(() -> publish(late, LOST, 600)).isInstanceOf(SupersededException.class);
        requireWhole(KEPT, 600);
    }

    @Test
    void doesNotKeepTheNextOneFromBeingArchived() {
        try (SampleLog sample = new SampleLog()) {
            sample.append(200);
            try (ArchivingProcess process = ArchivingProcess.start(sample, store)) {
                process.awaitArchived(200);
            }
            sample.append(400);
            MeddlingStore dying = new MeddlingStore(store, CHECKPOINT, LostHistoryTest::die);
            try (ArchiveWriter writer =
                    ArchiveWriter.resume(
                            dying,
                            LogKeys.ofSeeds(
                                    sample.log().head().origin(),
                                    List.of(ArchivingProcess.SEED)))) {
                writer.append(sample.log(), 600);
                assertThatThrownBy(writer::publish).isInstanceOf(StoppingStore.Stopped.class);
            }
            try (SampleLog restored = sample.asItWasAt(200);
                    ArchivingProcess process = ArchivingProcess.start(restored, store)) {
                for (int size : List.of(250, 400, 700)) {
                    restored.append(size - (int) restored.log().head().size());
                    process.awaitArchived(size);
                    process.awaitRpoZero();
                    await().untilAsserted(() -> OneHistory.requireAll(restored, store));
                }
                assertThat(process.status().problem()).isNull();
            }
        }
    }
}
