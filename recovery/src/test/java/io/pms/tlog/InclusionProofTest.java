package io.pms.tlog;

import static io.pms.tlog.ReferenceTree.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InclusionProofTest {
    private static HashSource source(List<Hash> leaves) {
        int size = leaves.size();
        return new TileHashSource(size, MemoryTiles.of(leaves, size));
    }

    /** What Certificate Transparency implementations test with, counted from 0 here. */
    @Test
    void matchesTheKnownAnswers() {
        assertBuilds(0, 1);
        assertBuilds(
                0,
                8,
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
        assertBuilds(
                5,
                8,
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
        assertBuilds(2, 3, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
        assertBuilds(
                1,
                5,
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");
    }

    private static void assertBuilds(int index, int size, String... hashes) {
        List<Hash> leaves = ReferenceTree.ctLeaves().subList(0, size);
        InclusionProof proof = InclusionProof.build(index, size, source(leaves));
        assertThat(proof.hashes()).extracting(Hash::toBytes).hasSize(hashes.length);
        for (int i = 0; i < hashes.length; i++)
            assertThat(proof.hashes().get(i)).isEqualTo(hex(hashes[i]));
        proof.verify(leaves.get(index), ReferenceTree.root(leaves));
    }

    @Test
    void agreesWithTheRecursiveDefinitionForEveryLeafOfSmallTrees() {
        for (int size = 1; size <= 70; size++) {
            List<Hash> leaves = ReferenceTree.leaves(size);
            HashSource source = source(leaves);
            Hash root = ReferenceTree.root(leaves);
            assertThat(source.root(size)).isEqualTo(root);
            for (int index = 0; index < size; index++) {
                InclusionProof proof = InclusionProof.build(index, size, source);
                assertThat(proof.hashes()).isEqualTo(ReferenceTree.path(index, leaves));
                proof.verify(leaves.get(index), root);
            }
        }
    }

    /** Also at sizes before that of the tiles, as an auditor asks with an old checkpoint. */
    @Test
    void agreesWithTheRecursiveDefinitionInRandomLargeTrees() {
        Random random = ReferenceTree.random();
        List<Hash> leaves = ReferenceTree.leaves(70_000);
        HashSource source = source(leaves);
        for (int round = 0; round < 30; round++) {
            int size = 1 + random.nextInt(70_000);
            int index = random.nextInt(size);
            List<Hash> part = leaves.subList(0, size);
            InclusionProof proof = InclusionProof.build(index, size, source);
            assertThat(proof.hashes()).isEqualTo(ReferenceTree.path(index, part));
            proof.verify(leaves.get(index), source.root(size));
            assertThat(source.root(size)).isEqualTo(ReferenceTree.root(part));
        }
    }

    @Test
    void provesNothingAfterAnyMutation() {
        for (int size : List.of(1, 2, 7, 8, 70, 300)) {
            List<Hash> leaves = ReferenceTree.leaves(size);
            Hash root = ReferenceTree.root(leaves);
            for (int index : List.of(0, size / 2, size - 1)) {
                InclusionProof proof = InclusionProof.build(index, size, source(leaves));
                for (List<Hash> mutant : Mutations.of(proof.hashes()))
                    refused(new InclusionProof(index, size, mutant), leaves.get(index), root);
                refused(proof, Hash.leaf(new byte[] {1}), root);
                refused(proof, leaves.get(index), Hash.leaf(new byte[] {1}));
            }
        }
    }

    private static void refused(InclusionProof proof, Hash leaf, Hash root) {
        Mutations.assertRefused(proof.toString(), () -> proof.verify(leaf, root));
    }

    /** In a tree where all leaves differ, a leaf is at one index only. */
    @Test
    void provesNoOtherIndex() {
        int size = 70;
        List<Hash> leaves = ReferenceTree.leaves(size);
        Hash root = ReferenceTree.root(leaves);
        for (int index = 0; index < size; index++) {
            List<Hash> hashes = ReferenceTree.path(index, leaves);
            for (int other = 0; other < size; other++)
                if (other != index)
                    refused(new InclusionProof(other, size, hashes), leaves.get(index), root);
        }
    }

    /**
     * A root does not tell its size, so a proof of another size with the same shape verifies; that
     * is why the size comes from the signed checkpoint.
     */
    @Test
    void takesNoSizeThatNeedsAnotherNumberOfHashes() {
        List<Hash> leaves = ReferenceTree.leaves(70);
        InclusionProof proof = InclusionProof.build(69, 70, source(leaves));
        refused(
                new InclusionProof(69, 71, proof.hashes()),
                leaves.get(69),
                ReferenceTree.root(leaves));
    }

    /** An inner node is no leaf: leaves are hashed with another prefix. */
    @Test
    void takesNoInnerNodeForALeaf() {
        List<Hash> leaves = ReferenceTree.leaves(2);
        byte[] inner = new byte[64];
        System.arraycopy(leaves.get(0).toBytes(), 0, inner, 0, 32);
        System.arraycopy(leaves.get(1).toBytes(), 0, inner, 32, 32);
        refused(new InclusionProof(0, 1, List.of()), Hash.leaf(inner), ReferenceTree.root(leaves));
    }

    @Test
    void refusesAnIndexThatTheTreeDoesNotHave() {
        HashSource source = source(ReferenceTree.leaves(3));
        assertThatThrownBy(() -> InclusionProof.build(3, 3, source))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a tree of size 3 has no leaf with index 3");
        assertThatThrownBy(() -> InclusionProof.build(0, 0, source))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> InclusionProof.build(-1, 3, source))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> InclusionProof.build(3, 5, source))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void needsAsManyHashesAsTheLargestTreesHaveLevels() {
        Hash leaf = Hash.leaf(new byte[0]);
        long size = Long.MAX_VALUE;
        InclusionProof proof = new InclusionProof(size - 1, size, List.of());
        assertThatThrownBy(() -> proof.verify(leaf, leaf)).hasMessageContaining("and not 62");
        InclusionProof first = new InclusionProof(0, size, List.of());
        assertThatThrownBy(() -> first.verify(leaf, leaf)).hasMessageContaining("and not 63");
        HashSource same = (height, index) -> leaf;
        assertThat(InclusionProof.build(0, size, same).hashes()).hasSize(63);
    }

    @Test
    void saysWhichTileIsMissing() {
        List<Hash> leaves = ReferenceTree.leaves(600);
        MemoryTiles tiles = MemoryTiles.of(leaves, 600);
        tiles.remove(new TilePath(0, 0, 256));
        assertThatThrownBy(() -> InclusionProof.build(3, 600, new TileHashSource(600, tiles)))
                .isInstanceOf(MissingTileException.class)
                .hasMessage("tile/0/000 is missing");
    }

    @Test
    void takesAFullTileWhereThePartialOneIsGone() {
        List<Hash> leaves = ReferenceTree.leaves(600);
        MemoryTiles tiles = MemoryTiles.of(leaves, 300, 600);
        tiles.remove(new TilePath(0, 1, 44));
        List<Hash> old = leaves.subList(0, 300);
        InclusionProof.build(290, 300, new TileHashSource(300, tiles))
                .verify(leaves.get(290), ReferenceTree.root(old));
    }

    @Test
    void refusesSubtreesThatTheTreeDoesNotHave() {
        HashSource source = new TileHashSource(300, path -> Optional.empty());
        for (long[] place : new long[][] {{0, 300}, {2, 75}, {9, 0}, {-1, 0}, {0, -1}, {63, 0}})
            assertThatThrownBy(() -> source.hash((int) place[0], place[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no subtree");
    }
}
