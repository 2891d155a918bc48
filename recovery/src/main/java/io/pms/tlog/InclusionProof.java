package io.pms.tlog;

import java.util.List;

/**
 * Proves that a leaf is in a tree (RFC 6962, section 2.1.1; RFC 9162, section 2.1.3).
 *
 * @param index of the leaf, from 0
 * @param size of the tree
 * @param hashes from the leaf's sibling up to the root's child
 */
public record InclusionProof(long index, long size, List<Hash> hashes) {
    /**
     * @throws IllegalArgumentException unless 0 ≤ index &lt; size
     */
    public InclusionProof {
        if (index < 0 || index >= size)
            throw new IllegalArgumentException(
                    "a tree of size " + size + " has no leaf with index " + index);
        hashes = List.copyOf(hashes);
    }

    /**
     * Makes a proof. It is as good as its source: verify it with a trusted root before it is given
     * away.
     *
     * @throws IllegalArgumentException unless 0 ≤ index &lt; size
     */
    public static InclusionProof build(long index, long size, HashSource source) {
        InclusionProof empty = new InclusionProof(index, size, List.of());
        return new InclusionProof(index, size, empty.path().siblings(0, size, source));
    }

    private AuditPath path() {
        return new AuditPath(index, size - 1);
    }

    /**
     * Returns when the leaf with this hash is at the index in the tree with this root.
     *
     * @throws ProofException when that is not proved
     */
    public void verify(Hash leaf, Hash root) {
        String what = "inclusion proof of leaf " + index + " in a tree of size " + size;
        if (hashes.size() != path().length())
            throw new ProofException(
                    what + ": it has " + hashes.size() + " hashes, and not " + path().length());
        Hash found = path().root(leaf, hashes);
        if (!found.equals(root)) throw new ProofException(what, root, found);
    }
}
