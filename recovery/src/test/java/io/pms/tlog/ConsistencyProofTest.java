package io.pms.tlog;

import static io.pms.tlog.ReferenceTree.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConsistencyProofTest {
    private static final Hash OTHER = Hash.leaf(new byte[] {1});

    private static HashSource source(List<Hash> leaves) {
        int size = leaves.size();
        return new TileHashSource(size, MemoryTiles.of(leaves, size));
    }

    /** What Certificate Transparency implementations test with. */
    @Test
    void matchesTheKnownAnswers() {
        assertBuilds(1, 1);
        assertBuilds(
                1,
                8,
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
        assertBuilds(
                6,
                8,
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
        assertBuilds(
                2,
                5,
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");
    }

    private static void assertBuilds(int oldSize, int newSize, String... hashes) {
        List<Hash> leaves = ReferenceTree.ctLeaves().subList(0, newSize);
        ConsistencyProof proof = ConsistencyProof.build(oldSize, newSize, source(leaves));
        assertThat(proof.hashes()).isEqualTo(Stream.of(hashes).map(h -> hex(h)).toList());
        proof.verify(ReferenceTree.root(leaves.subList(0, oldSize)), ReferenceTree.root(leaves));
    }

    @Test
    void agreesWithTheRecursiveDefinitionForAllSmallTrees() {
        List<Hash> all = ReferenceTree.leaves(70);
        for (int newSize = 0; newSize <= 70; newSize++) {
            List<Hash> leaves = all.subList(0, newSize);
            HashSource source = source(leaves);
            for (int oldSize = 0; oldSize <= newSize; oldSize++) {
                ConsistencyProof proof = ConsistencyProof.build(oldSize, newSize, source);
                assertThat(proof.hashes()).isEqualTo(ReferenceTree.proof(oldSize, leaves));
                proof.verify(
                        ReferenceTree.root(leaves.subList(0, oldSize)), ReferenceTree.root(leaves));
            }
        }
    }

    @Test
    void agreesWithTheRecursiveDefinitionInRandomLargeTrees() {
        Random random = ReferenceTree.random();
        List<Hash> leaves = ReferenceTree.leaves(70_000);
        HashSource source = source(leaves);
        for (int round = 0; round < 30; round++) {
            int newSize = 1 + random.nextInt(70_000);
            int oldSize = 1 + random.nextInt(newSize);
            ConsistencyProof proof = ConsistencyProof.build(oldSize, newSize, source);
            assertThat(proof.hashes())
                    .isEqualTo(ReferenceTree.proof(oldSize, leaves.subList(0, newSize)));
            proof.verify(source.root(oldSize), source.root(newSize));
        }
    }

    @Test
    void provesNothingAfterAnyMutation() {
        List<Hash> all = ReferenceTree.leaves(300);
        for (int newSize : List.of(1, 2, 7, 8, 70, 300))
            for (int oldSize : List.of(1, newSize / 2, newSize - 1, newSize)) {
                if (oldSize == 0) continue;
                List<Hash> leaves = all.subList(0, newSize);
                Hash oldRoot = ReferenceTree.root(leaves.subList(0, oldSize));
                Hash newRoot = ReferenceTree.root(leaves);
                List<Hash> hashes = ReferenceTree.proof(oldSize, leaves);
                for (List<Hash> mutant : Mutations.of(hashes))
                    refused(oldSize, newSize, mutant, oldRoot, newRoot);
                refused(oldSize, newSize, hashes, OTHER, newRoot);
                refused(oldSize, newSize, hashes, oldRoot, OTHER);
                if (oldSize < newSize) refused(oldSize, newSize, hashes, newRoot, oldRoot);
            }
    }

    private static void refused(
            long oldSize, long newSize, List<Hash> hashes, Hash oldRoot, Hash newRoot) {
        ConsistencyProof proof = new ConsistencyProof(oldSize, newSize, hashes);
        Mutations.assertRefused(proof.toString(), () -> proof.verify(oldRoot, newRoot));
    }

    @Test
    void provesNoOtherOldSize() {
        List<Hash> leaves = ReferenceTree.leaves(70);
        Hash newRoot = ReferenceTree.root(leaves);
        for (int oldSize = 1; oldSize < 70; oldSize++) {
            List<Hash> hashes = ReferenceTree.proof(oldSize, leaves);
            Hash oldRoot = ReferenceTree.root(leaves.subList(0, oldSize));
            for (int other = 1; other <= 70; other++)
                if (other != oldSize) refused(other, 70, hashes, oldRoot, newRoot);
        }
    }

    @Test
    void everyTreeBeginsWithTheEmptyOneAndWithItself() {
        new ConsistencyProof(0, 0, List.of()).verify(Hash.EMPTY_ROOT, Hash.EMPTY_ROOT);
        new ConsistencyProof(0, 5, List.of()).verify(Hash.EMPTY_ROOT, OTHER);
        new ConsistencyProof(5, 5, List.of()).verify(OTHER, OTHER);
        refused(0, 5, List.of(OTHER), Hash.EMPTY_ROOT, OTHER);
        refused(0, 5, List.of(), OTHER, OTHER);
        refused(0, 0, List.of(), OTHER, OTHER);
        refused(5, 5, List.of(), Hash.EMPTY_ROOT, OTHER);
        refused(5, 5, List.of(OTHER), OTHER, OTHER);
    }

    @Test
    void refusesSizesInTheWrongOrder() {
        HashSource source = source(ReferenceTree.leaves(3));
        assertThatThrownBy(() -> ConsistencyProof.build(4, 3, source))
                .hasMessage("a tree of size 3 cannot begin with one of size 4");
        assertThatThrownBy(() -> ConsistencyProof.build(-1, 3, source))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ConsistencyProof.build(3, 4, source))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void worksInTheLargestTrees() {
        Hash leaf = Hash.leaf(new byte[0]);
        long size = Long.MAX_VALUE;
        HashSource same = (height, index) -> leaf;
        for (long oldSize : new long[] {1, 3, 1L << 62, size - 1}) {
            ConsistencyProof proof = ConsistencyProof.build(oldSize, size, same);
            assertThatThrownBy(() -> proof.verify(leaf, leaf))
                    .hasMessageContaining("root") // the number of hashes is right
                    .isInstanceOf(ProofException.class);
        }
    }
}
