package io.pms.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MerkleFrontierTest {
    /** The leaves and roots that Certificate Transparency implementations test with. */
    private static final String[] LEAVES = {
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f"
    };

    private static final String[] ROOTS = {
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    };

    @Test
    void matchesTheKnownAnswers() {
        MerkleFrontier tree = new MerkleFrontier();
        for (int size = 0; size <= LEAVES.length; size++) {
            assertThat(HexFormat.of().formatHex(tree.root())).isEqualTo(ROOTS[size]);
            if (size < LEAVES.length) tree.append(HexFormat.of().parseHex(LEAVES[size]));
        }
        assertThat(Base64.getEncoder().encodeToString(new MerkleFrontier().root()))
                .isEqualTo("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    @Test
    void agreesWithTheRecursiveDefinitionAtEverySizeAndAfterEveryRoundTrip()
            throws NoSuchAlgorithmException {
        List<byte[]> leaves = new ArrayList<>();
        MerkleFrontier tree = new MerkleFrontier();
        for (int size = 0; size < 70; size++) {
            assertThat(tree.root()).isEqualTo(root(leaves));
            tree = new MerkleFrontier(tree.size(), tree.toBytes());
            byte[] leaf = leaf("entry " + size);
            leaves.add(leaf);
            tree.appendLeaf(leaf);
        }
    }

    @Test
    void agreesAtTheEdgesOfTiles() throws NoSuchAlgorithmException {
        List<byte[]> leaves = new ArrayList<>();
        MerkleFrontier tree = new MerkleFrontier();
        List<Integer> edges = List.of(255, 256, 257, 65_535, 65_536, 70_000);
        for (int size = 1; size <= 70_000; size++) {
            byte[] leaf = leaf("entry " + size);
            leaves.add(leaf);
            tree.appendLeaf(leaf);
            if (edges.contains(size)) assertThat(tree.root()).isEqualTo(root(leaves));
        }
    }

    /** Leaf by leaf, and tree by tree of a power of two. */
    @Test
    void agreesAtRandomSizesHoweverItIsPutTogether() throws NoSuchAlgorithmException {
        long seed = Long.getLong("pms.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int size = random.nextInt(3_000);
            int part = 1 << random.nextInt(12);
            List<byte[]> leaves = new ArrayList<>();
            MerkleFrontier whole = new MerkleFrontier();
            MerkleFrontier inParts = new MerkleFrontier();
            for (int from = 0; from < size; from += part) {
                MerkleFrontier next = new MerkleFrontier();
                for (int i = from; i < Math.min(size, from + part); i++) {
                    leaves.add(leaf("entry " + random.nextInt()));
                    whole.appendLeaf(leaves.getLast());
                    next.appendLeaf(leaves.getLast());
                }
                inParts.append(next);
            }
            assertThat(whole.root())
                    .as("seed %d, round %d, size %d, part %d", seed, round, size, part)
                    .isEqualTo(root(leaves));
            assertThat(inParts.toBytes()).isEqualTo(whole.toBytes());
            for (MerkleFrontier.Subtree subtree : whole.subtrees())
                assertThat(subtree.root())
                        .isEqualTo(
                                root(
                                        leaves.subList(
                                                (int) subtree.first(), (int) subtree.last() + 1)));
        }
    }

    @Test
    void refusesASubtreeWhereItCannotBegin() throws NoSuchAlgorithmException {
        MerkleFrontier one = new MerkleFrontier();
        one.appendLeaf(leaf("a"));
        MerkleFrontier two = one.copy();
        two.appendLeaf(leaf("b"));
        assertThatThrownBy(() -> one.append(two)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesBytesThatAreNotATreesOfThatSize() {
        assertThatThrownBy(() -> new MerkleFrontier(3, new byte[32]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MerkleFrontier(-1, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] root(List<byte[]> leaves) throws NoSuchAlgorithmException {
        if (leaves.isEmpty()) return MessageDigest.getInstance("SHA-256").digest();
        if (leaves.size() == 1) return leaves.getFirst();
        int split = Integer.highestOneBit(leaves.size() - 1);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update((byte) 1);
        digest.update(root(leaves.subList(0, split)));
        return digest.digest(root(leaves.subList(split, leaves.size())));
    }

    private static byte[] leaf(String text) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update((byte) 0);
        return digest.digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
