package io.pms.tlog;

import io.pms.log.MerkleFrontier;
import java.util.Arrays;

/** The tile at the right edge of one level while it fills. */
final class EdgeTile {
    private final byte[] hashes = new byte[TilePath.FULL_WIDTH * Hash.BYTES];
    private MerkleFrontier tree = new MerkleFrontier();
    private boolean changed;

    void add(Hash hash) {
        byte[] bytes = hash.toBytes();
        System.arraycopy(bytes, 0, hashes, width() * Hash.BYTES, Hash.BYTES);
        tree.appendLeaf(bytes);
        changed = true;
    }

    int width() {
        return (int) tree.size();
    }

    boolean isFull() {
        return width() == TilePath.FULL_WIDTH;
    }

    /** Whether it is wider than when it was last {@link #markKept}. */
    boolean hasChanged() {
        return changed;
    }

    void markKept() {
        changed = false;
    }

    byte[] encode() {
        return Arrays.copyOf(hashes, width() * Hash.BYTES);
    }

    /** Begins the next tile of its level and answers this one's root. */
    Hash next() {
        Hash root = Hash.of(tree.root());
        tree = new MerkleFrontier();
        changed = false;
        return root;
    }

    /** The roots of its complete subtrees, as {@link MerkleFrontier#toBytes} writes them. */
    byte[] frontier() {
        return tree.toBytes();
    }
}
