package io.pms.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class HashTileTest {
    private static final List<Hash> HASHES = ReferenceTree.leaves(256);

    private static byte[] bytes(int width) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HASHES.subList(0, width).forEach(hash -> bytes.writeBytes(hash.toBytes()));
        return bytes.toByteArray();
    }

    private static HashTile tile(int width) {
        return HashTile.decode(new TilePath(0, 0, width), bytes(width));
    }

    @Test
    void readsWhatItWrites() {
        assertThat(tile(256).encode()).isEqualTo(bytes(256)).hasSize(8_192);
        assertThat(tile(7).width()).isEqualTo(7);
        assertThat(tile(7).hash(6)).isEqualTo(HASHES.get(6));
        assertThatThrownBy(() -> tile(7).hash(7)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void refusesOtherWidths() {
        TilePath path = new TilePath(1, 3, 2);
        for (int length = 0; length < 100; length++) {
            byte[] bytes = new byte[length];
            if (length != 64)
                assertThatThrownBy(() -> HashTile.decode(path, bytes))
                        .isInstanceOf(FormatException.class)
                        .hasMessageContaining("tile/1/003.p/2, byte " + Math.min(length, 64));
        }
        assertThatThrownBy(
                        () -> HashTile.decode(new TilePath(TilePath.ENTRIES, 0, 1), new byte[32]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasARootOnlyWhenItIsFull() {
        assertThat(tile(256).root()).isEqualTo(ReferenceTree.root(HASHES));
        assertThatThrownBy(() -> tile(255).root()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void knowsTheRootsOfItsSubtrees() {
        for (int height = 0; height <= 8; height++)
            for (int index = 0; index < 256 >> height; index++)
                assertThat(tile(256).subtree(height, index))
                        .isEqualTo(
                                ReferenceTree.root(
                                        HASHES.subList(index << height, (index + 1) << height)));
    }

    @Test
    void hasAnotherRootAfterAnyMutation() {
        Hash root = tile(256).root();
        byte[] bytes = bytes(256);
        for (int at = 0; at < bytes.length; at++) {
            byte[] mutant = bytes.clone();
            mutant[at] ^= (byte) (1 << at % 8);
            HashTile other = HashTile.decode(new TilePath(0, 0, 256), mutant);
            assertThat(other.root()).isNotEqualTo(root);
            assertThat(other.firstDifference(tile(256))).hasValue(at / Hash.BYTES);
        }
    }

    @Test
    void findsTheFirstDifference() {
        assertThat(tile(256).firstDifference(tile(256))).isEmpty();
        assertThat(tile(256).firstDifference(tile(3))).hasValue(3);
    }
}
