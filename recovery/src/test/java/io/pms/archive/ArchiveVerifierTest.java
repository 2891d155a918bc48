package io.pms.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.entry.EntryCodec;
import io.pms.log.LogVerifier;
import io.pms.log.MerkleFrontier;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.EntryBundle;
import io.pms.tlog.Hash;
import io.pms.tlog.HashTile;
import io.pms.tlog.SignedNote;
import io.pms.tlog.TilePath;
import io.pms.tlog.UntrustedNoteException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An archive of 5 full bundles and one of 20 entries. */
class ArchiveVerifierTest {
    private static final int SIZE = 1_300;

    private static SampleLog log;
    private static SampleArchive archive;

    @BeforeAll
    static void fill() {
        log = new SampleLog();
        log.append(SIZE);
        archive = SampleArchive.of(log);
    }

    @AfterAll
    static void close() {
        archive.close();
        log.close();
    }

    private static List<String> damages() {
        return ArchiveVerifier.verify(archive.archive(), archive.keys(), LogVerifier.Progress.NONE)
                .damages();
    }

    private interface Check {
        void run();
    }

    /** The check sees an object changed, or gone when there are no bytes. */
    private static void with(String key, byte[] bytes, Check check) {
        byte[] kept = archive.get(key);
        if (bytes.length == 0) archive.delete(key);
        else archive.put(key, bytes);
        try {
            check.run();
        } finally {
            archive.put(key, kept);
        }
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 1;
        return changed;
    }

    @Test
    void findsNothingWrongWithAnArchiveAsItWasWritten() {
        ArchiveVerifier.Result result =
                ArchiveVerifier.verify(
                        archive.archive(), archive.keys(), LogVerifier.Progress.NONE);
        assertThat(result.damages()).isEmpty();
        assertThat(result.checkpoint().size()).isEqualTo(SIZE);
        assertThat(result.checkpoint().root()).isEqualTo(Hash.of(log.log().head().root()));
        assertThat(result.ahead()).isZero();
    }

    @Test
    void namesThePositionOfAnyChangedByteOfAnyEntry() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            int position = random.nextInt(SIZE);
            TilePath path = TilePath.inTree(TilePath.ENTRIES, position / 256, SIZE);
            byte[] bundle = archive.get(path.toString());
            List<byte[]> entries = EntryBundle.decode(path, bundle).entries();
            int start = 0;
            for (byte[] before : entries.subList(0, position % 256)) start += 2 + before.length;
            int at = start + 2 + random.nextInt(entries.get(position % 256).length);
            with(
                    path.toString(),
                    flipped(bundle, at),
                    () -> assertThat(damages()).first().asString().startsWith(at(position)));
        }
    }

    private static String at(long position) {
        return "position %,d: ".formatted(position);
    }

    @Test
    void namesTheTileAndThePositionOfAnyChangedHash() {
        for (String key : archive.keysOfTiles()) {
            TilePath path = TilePath.parse(key);
            if (path.isEntries()) continue;
            for (int hash : new int[] {0, path.width() / 2, path.width() - 1}) {
                long first = (path.index() * 256 + hash) << 8 * path.level();
                with(
                        key,
                        flipped(archive.get(key), hash * 32 + 5),
                        () ->
                                assertThat(damages())
                                        .singleElement()
                                        .asString()
                                        .matches(
                                                "positions? %,d( to [0-9,]+)?: .*".formatted(first))
                                        .contains(key + " was changed"));
            }
        }
    }

    @Test
    void namesObjectsThatAreMissingCutOffOrTooLong() {
        for (String key : archive.keysOfTiles()) {
            byte[] bytes = archive.get(key);
            TilePath path = TilePath.parse(key);
            long first = path.index() * 256;
            for (byte[] changed :
                    List.of(
                            new byte[0],
                            Arrays.copyOf(bytes, bytes.length - 1),
                            Arrays.copyOf(bytes, bytes.length + 1)))
                with(
                        key,
                        changed,
                        () ->
                                assertThat(damages())
                                        .first()
                                        .asString()
                                        .startsWith("position")
                                        .contains(" %,d".formatted(first), key));
        }
    }

    @Test
    void namesBundlesThatWereSwappedAndEntriesThatWere() {
        byte[] second = archive.get("tile/entries/001");
        with(
                "tile/entries/000",
                second,
                () -> assertThat(damages()).first().asString().startsWith(at(0)));
        TilePath path = TilePath.parse("tile/entries/002");
        List<byte[]> entries =
                new ArrayList<>(EntryBundle.decode(path, archive.get(path.toString())).entries());
        Collections.swap(entries, 7, 9);
        with(
                path.toString(),
                new EntryBundle(entries).encode(),
                () -> assertThat(damages()).first().asString().startsWith(at(519)));
    }

    @Test
    void narrowsDownEntriesThatWereChangedTogetherWithTheirTile() {
        TilePath path = TilePath.parse("tile/entries/003");
        List<byte[]> entries =
                new ArrayList<>(EntryBundle.decode(path, archive.get(path.toString())).entries());
        String text = new String(entries.get(10), StandardCharsets.UTF_8);
        byte[] forged =
                text.replace("pms.test.Happened", "pms.test.Imagined")
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(EntryCodec.decode(forged).position()).isEqualTo(778);
        entries.set(10, forged);
        EntryBundle bundle = new EntryBundle(entries);
        with(
                path.toString(),
                bundle.encode(),
                () -> {
                    assertThat(damages()).first().asString().startsWith(at(778));
                    with(
                            "tile/0/003",
                            bundle.leaves().encode(),
                            () ->
                                    assertThat(damages())
                                            .first()
                                            .asString()
                                            .startsWith("positions 768 to 1,023: "));
                });
    }

    @Test
    void doesNotBelieveACheckpointOfAnotherKeyOrRoot() {
        byte[] note = archive.get(TilePath.CHECKPOINT);
        Checkpoint checkpoint = Checkpoint.parse(SignedNote.decode(note).text());
        byte[] other = new byte[32];
        other[0] = 1;
        assertThatThrownBy(() ->
                        ArchiveVerifier.verify(
                                archive.archive(),
                                LogKeys.ofSeeds(checkpoint.origin(), List.of(other)).verifiers(),
                                LogVerifier.Progress.NONE))
                .isInstanceOf(UntrustedNoteException.class);
        Checkpoint forged = new Checkpoint(checkpoint.origin(), SIZE, Hash.leaf(new byte[1]));
        SignedNote signed =
                LogKeys.ofSeeds(checkpoint.origin(), List.of(SampleArchive.SEED)).sign(forged);
        with(
                TilePath.CHECKPOINT,
                signed.encode(),
                () ->
                        assertThat(damages())
                                .singleElement()
                                .asString()
                                .contains("the checkpoint says"));
    }

    @Test
    void tellsLeftoversFromWhatDoesNotBelongThere() {
        byte[] bundle = archive.get("tile/entries/001");
        TilePath part = TilePath.parse("tile/entries/001.p/3");
        List<byte[]> three =
                EntryBundle.decode(TilePath.parse("tile/entries/001"), bundle)
                        .entries()
                        .subList(0, 3);
        byte[] tile = archive.get("tile/0/001");
        archive.put(part.toString(), new EntryBundle(three).encode());
        archive.put("tile/0/001.p/3", Arrays.copyOf(tile, 96));
        archive.put("tile/0/006.p/1", Arrays.copyOf(tile, 32));
        assertThat(damages()).isEmpty();
        archive.put("tile/0/001.p/3", flipped(Arrays.copyOf(tile, 96), 40));
        archive.put("tile/strange", tile);
        assertThat(damages())
                .hasSize(2)
                .anyMatch(damage -> damage.contains("tile/strange does not belong"))
                .anyMatch(damage ->
                        damage.contains("tile/0/001.p/3 is not the beginning of tile/0/001"));
        for (String key :
                List.of(part.toString(), "tile/0/001.p/3", "tile/0/006.p/1", "tile/strange"))
            archive.delete(key);
    }

    @Test
    void vouchesForTheSameHashesAsTheLogHas() {
        TrustedArchive trusted = archive.trusted();
        HashTile first = trusted.tile(0, 0);
        byte[] entry = EntryCodec.encode(log.log().read(5, 1).getFirst());
        assertThat(first.hash(5)).isEqualTo(Hash.leaf(entry));
        assertThat(trusted.tree(SIZE).root()).isEqualTo(log.log().head().root());
        for (int size : List.of(1, 255, 256, 257, 1_024, 1_299)) {
            var tree = new MerkleFrontier();
            trusted.leaves(0, size).forEach(tree::appendLeaf);
            assertThat(trusted.tree(size).root()).isEqualTo(tree.root());
        }
    }
}
