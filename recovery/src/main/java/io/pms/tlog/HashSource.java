package io.pms.tlog;

/** The hashes of a Merkle tree, from which its proofs are made. */
@FunctionalInterface
public interface HashSource {
    /**
     * The root of a complete subtree: of the 2^height leaves from index · 2^height on.
     *
     * @throws IllegalArgumentException when the tree does not have all of them
     */
    Hash hash(int height, long index);

    /** The root over the tree's first leaves, as many as {@code size}. */
    default Hash root(long size) {
        return size == 0 ? Hash.EMPTY_ROOT : Subtrees.root(this, 0, size);
    }
}
