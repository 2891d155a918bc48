package io.pms.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArchiveWriterTest {
    private static final LogKeys KEYS = LogKeys.ofSeeds("pms/log/test", List.of(new byte[32]));

    private ObjectStore store = fresh();

    private static ObjectStore fresh() {
        return ObjectStore.open(
                "file:" + SharedServers.temporary("archive"), ObjectStoreSettings.defaults());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static byte[] entry(long position) {
        return ("entry " + position + " " + "x".repeat((int) (position % 30)))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void appendUpTo(ArchiveWriter writer, long size) {
        while (writer.size() < size) writer.append(entry(writer.size()));
    }

    /** Everything that a reader of the newest checkpoint can ask for is there and right. */
    private void requireWhole(long size) {
        Archive archive = new Archive(store);
        Checkpoint checkpoint = KEYS.trust().open(archive.checkpoint().orElseThrow());
        assertThat(checkpoint.size()).isEqualTo(size);
        MerkleFrontier tree = new MerkleFrontier();
        for (long bundle = 0; bundle * TilePath.FULL_WIDTH < size; bundle++) {
            List<byte[]> entries = archive.entries(bundle, size);
            for (byte[] entry : entries) {
                assertThat(entry).isEqualTo(entry(tree.size()));
                tree.append(entry);
            }
            HashTile leaves = archive.hashes(TilePath.inTree(0, bundle, size));
            assertThat(new EntryBundle(entries).leaves().firstDifference(leaves)).isEmpty();
        }
        assertThat(checkpoint.root()).isEqualTo(Hash.of(tree.root()));
    }

    @Test
    void keepsEveryCheckpointWholeHoweverItGrows() {
        long seed = new Random().nextLong(1_000_000);
        Random random = new Random(seed);
        System.out.println("pms.seed=" + seed);
        long size = 0;
        while (size < 70_000) {
            try (ArchiveWriter writer = ArchiveWriter.resume(store, KEYS)) {
                for (int i = 0; i < 3; i++) {
                    size +=
                            random.nextInt(4) == 0
                                    ? 1 + random.nextInt(9_000)
                                    : 1 + random.nextInt(300);
                    appendUpTo(writer, size);
                    assertThat(writer.publish().size()).isEqualTo(size);
                }
            }
        }
        requireWhole(size);
    }

    @Test
    void losesNothingWhereverItIsStopped() {
        for (boolean after : new boolean[] {false, true})
            for (long from : List.of(0L, 200L, 256L))
                for (int call = 1; isStoppedAt(call, after, from); call++) {}
    }

    /** Stops a writer at a call; the next one goes on. */
    private boolean isStoppedAt(int call, boolean after, long from) {
        store.close();
        store = fresh();
        if (from > 0)
            try (ArchiveWriter writer = ArchiveWriter.resume(store, KEYS)) {
                appendUpTo(writer, from);
                writer.publish();
            }
        StoppingStore stopping = new StoppingStore(store, call, after);
        try (ArchiveWriter writer = ArchiveWriter.resume(stopping, KEYS)) {
            appendUpTo(writer, 600);
            writer.publish();
        } catch (StoppingStore.Stopped e) {
            // the process is gone
        }
        new Archive(store).checkpoint().ifPresent(note -> requireWhole(sizeOf(note.text())));
        try (ArchiveWriter writer = ArchiveWriter.resume(store, KEYS)) {
            appendUpTo(writer, 700);
            writer.publish();
        }
        requireWhole(700);
        return stopping.hasStopped();
    }

    private static long sizeOf(String text) {
        return Checkpoint.parse(text).size();
    }

    @Test
    void refusesToGoOnWhenAnotherHasPublished() {
        try (ArchiveWriter first = ArchiveWriter.resume(store, KEYS);
                ArchiveWriter second = ArchiveWriter.resume(store, KEYS)) {
            appendUpTo(first, 300);
            first.publish();
            appendUpTo(second, 310);
            assertThatThrownBy(second::publish).isInstanceOf(SupersededException.class);
        }
        requireWhole(300);
    }

    @Test
    void neverWritesASecondHistory() {
        try (ArchiveWriter first = ArchiveWriter.resume(store, KEYS);
                ArchiveWriter second = ArchiveWriter.resume(store, KEYS)) {
            appendUpTo(first, 300);
            first.publish();
            second.append("another first entry".getBytes(StandardCharsets.UTF_8));
            appendUpTo(second, 310);
            assertThatThrownBy(second::publish).isInstanceOf(SupersededException.class);
        }
        requireWhole(300);
    }

    @Test
    void refusesAnArchiveThatDoesNotFitItsCheckpoint() {
        try (ArchiveWriter writer = ArchiveWriter.resume(store, KEYS)) {
            appendUpTo(writer, 300);
            writer.publish();
        }
        List<String> keys =
                new ArrayList<>(
                        List.of("tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"));
        for (String key : keys) {
            byte[] bytes = store.get(key).orElseThrow().bytes();
            byte[] changed = bytes.clone();
            changed[changed.length - 1] ^= 1;
            put(key, changed);
            assertThatThrownBy(() -> ArchiveWriter.resume(store, KEYS))
                    .as(key)
                    .isInstanceOf(RuntimeException.class);
            put(key, bytes);
            ArchiveWriter.resume(store, KEYS).close();
        }
    }

    private void put(String key, byte[] bytes) {
        store.put(
                new NewObject(key, bytes, "application/octet-stream", "no-cache", false),
                Condition.always());
    }
}
