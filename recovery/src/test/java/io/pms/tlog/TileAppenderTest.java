package io.pms.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.log.MerkleFrontier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileAppenderTest {
    private static final List<Hash> LEAVES = ReferenceTree.leaves(70_100);
    private static final TileSource NONE = path -> Optional.empty();

    private static Hash frontierRoot(int size) {
        MerkleFrontier frontier = new MerkleFrontier();
        LEAVES.subList(0, size).forEach(leaf -> frontier.appendLeaf(leaf.toBytes()));
        return Hash.of(frontier.root());
    }

    /** Level by level: the roots of full tiles are the hashes above. */
    private static void assertIsTheTree(MemoryTiles tiles, int size) {
        List<Hash> level = LEAVES.subList(0, size);
        int count = 0;
        for (int l = 0; !level.isEmpty(); l++) {
            List<Hash> above = new ArrayList<>();
            for (int from = 0; from < level.size(); from += 256) {
                List<Hash> part = level.subList(from, Math.min(from + 256, level.size()));
                HashTile tile = tiles.hashes(new TilePath(l, from / 256, part.size()));
                for (int i = 0; i < part.size(); i++)
                    assertThat(tile.hash(i)).isEqualTo(part.get(i));
                if (part.size() == 256) above.add(ReferenceTree.root(part));
                count++;
            }
            level = above;
        }
        assertThat(tiles.all()).hasSize(count);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 70_000})
    void putsOutExactlyTheTilesOfATree(int size) {
        assertIsTheTree(MemoryTiles.of(LEAVES, size), size);
    }

    @Test
    void namesTheTilesOfTheSpecificationsExample() {
        Set<String> paths = MemoryTiles.of(LEAVES, 70_000).all().keySet();
        assertThat(paths).hasSize(273 + 1 + 1 + 1 + 1);
        assertThat(paths)
                .contains(
                        "tile/0/272",
                        "tile/0/273.p/112",
                        "tile/1/000",
                        "tile/1/001.p/17",
                        "tile/2/000.p/1");
    }

    @Test
    void hasTheRootOfTheFrontierAtEverySize() {
        TileAppender appender = new TileAppender((path, bytes) -> {});
        MerkleFrontier frontier = new MerkleFrontier();
        for (Hash leaf : LEAVES) {
            assertThat(appender.root()).isEqualTo(Hash.of(frontier.root()));
            appender.append(leaf);
            frontier.appendLeaf(leaf.toBytes());
        }
    }

    /** As an archive does, which forgets everything between two checkpoints. */
    @Test
    void goesOnFromTheRightEdgeInBatchesOfAnySize() {
        Random random = ReferenceTree.random();
        MemoryTiles tiles = new MemoryTiles();
        MerkleFrontier frontier = new MerkleFrontier();
        while (frontier.size() < 70_000) {
            int size = (int) frontier.size();
            int next = Math.min(70_000, size + 1 + random.nextInt(1 << random.nextInt(1, 14)));
            TileAppender appender =
                    TileAppender.resume(size, Hash.of(frontier.root()), tiles, tiles);
            LEAVES.subList(size, next).forEach(appender::append);
            appender.putPartialTiles();
            LEAVES.subList(size, next).forEach(leaf -> frontier.appendLeaf(leaf.toBytes()));
            assertThat(appender.root()).as("size %d", next).isEqualTo(Hash.of(frontier.root()));
            assertHasItsPartialTiles(tiles, next);
        }
        MemoryTiles once = MemoryTiles.of(LEAVES, 70_000);
        assertThat(tiles.full().keySet()).isEqualTo(once.full().keySet());
        once.all().forEach((path, bytes) -> assertThat(tiles.all().get(path)).isEqualTo(bytes));
    }

    private static void assertHasItsPartialTiles(MemoryTiles tiles, int size) {
        for (int level = 0; level < 4; level++) {
            int width = TilePath.partialWidth(level, size);
            long index = TilePath.hashesAt(level, size) / 256;
            if (width > 0) assertThat(tiles.read(new TilePath(level, index, width))).isPresent();
        }
    }

    @Test
    void putsOutNoTileTwice() {
        MemoryTiles tiles = MemoryTiles.of(LEAVES, 300, 300, 301);
        assertThat(tiles.all().keySet())
                .containsExactlyInAnyOrder(
                        "tile/0/000", "tile/0/001.p/44", "tile/0/001.p/45", "tile/1/000.p/1");
    }

    @Test
    void goesOnWithFullTilesWherePartialOnesAreGone() {
        MemoryTiles tiles = MemoryTiles.of(LEAVES, 300, 600);
        tiles.remove(new TilePath(0, 1, 44));
        TileAppender appender =
                TileAppender.resume(300, frontierRoot(300), tiles, (path, bytes) -> {});
        LEAVES.subList(300, 600).forEach(appender::append);
        assertThat(appender.root()).isEqualTo(frontierRoot(600));
    }

    @Test
    void readsOneTileALevelAtMost() {
        MemoryTiles tiles = MemoryTiles.of(LEAVES, 70_000);
        List<String> read = new ArrayList<>();
        TileAppender.resume(
                70_000,
                frontierRoot(70_000),
                path -> {
                    read.add(path.toString());
                    return tiles.read(path);
                },
                tiles);
        assertThat(read).containsExactly("tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1");
    }

    @Test
    void refusesTilesOfAnotherTree() {
        Hash root = frontierRoot(70_000);
        for (String path : List.of("tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1")) {
            MemoryTiles tiles = MemoryTiles.of(LEAVES, 70_000);
            byte[] bytes = tiles.read(TilePath.parse(path)).orElseThrow();
            for (int at = 0; at < bytes.length; at++) {
                byte[] mutant = bytes.clone();
                mutant[at] ^= (byte) (1 << at % 8);
                tiles.replace(TilePath.parse(path), mutant);
                assertThatThrownBy(() -> TileAppender.resume(70_000, root, tiles, tiles))
                        .isInstanceOf(ProofException.class)
                        .hasMessageContaining("the tiles of a tree of size 70000");
            }
        }
    }

    @Test
    void refusesToGoOnWithoutTilesOrWithOnesThatAreCut() {
        assertThatThrownBy(() -> TileAppender.resume(1, LEAVES.getFirst(), NONE, (p, b) -> {}))
                .isInstanceOf(MissingTileException.class)
                .hasMessage("tile/0/000.p/1 is missing");
        TileSource cut = path -> Optional.of(new byte[31]);
        assertThatThrownBy(() -> TileAppender.resume(1, LEAVES.getFirst(), cut, (p, b) -> {}))
                .isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> TileAppender.resume(0, LEAVES.getFirst(), NONE, (p, b) -> {}))
                .isInstanceOf(ProofException.class);
        assertThatThrownBy(() -> TileAppender.resume(-1, Hash.EMPTY_ROOT, NONE, (p, b) -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doesNotGoOnAfterATileWasNotKept() {
        TileAppender appender =
                new TileAppender((path, bytes) -> {
                    throw new IllegalStateException("disk full");
                });
        LEAVES.subList(0, 255).forEach(appender::append);
        assertThatThrownBy(() -> appender.append(LEAVES.get(255))).hasMessage("disk full");
        assertThatThrownBy(() -> appender.append(LEAVES.get(255))).hasMessageContaining("resume");
        assertThatThrownBy(appender::putPartialTiles).hasMessageContaining("resume");
        assertThatThrownBy(appender::root).hasMessageContaining("resume");
    }
}
