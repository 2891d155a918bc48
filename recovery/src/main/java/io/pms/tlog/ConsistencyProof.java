package io.pms.tlog;

import java.util.ArrayList;
import java.util.List;

/**
 * Proves that a tree begins with all leaves of an older one, in their order (RFC 6962, section
 * 2.1.2; RFC 9162, section 2.1.4). Every tree begins with the empty one and with itself: those
 * proofs have no hashes.
 *
 * @param hashes in the order of the RFC
 */
public record ConsistencyProof(long oldSize, long newSize, List<Hash> hashes) {
    /**
     * @throws IllegalArgumentException unless 0 ≤ oldSize ≤ newSize
     */
    public ConsistencyProof {
        if (oldSize < 0 || oldSize > newSize)
            throw new IllegalArgumentException(
                    "a tree of size " + newSize + " cannot begin with one of size " + oldSize);
        hashes = List.copyOf(hashes);
    }

    /**
     * Makes a proof. It is as good as its source: verify it with trusted roots before it is given
     * away.
     *
     * @throws IllegalArgumentException unless 0 ≤ oldSize ≤ newSize
     */
    public static ConsistencyProof build(long oldSize, long newSize, HashSource source) {
        ConsistencyProof empty = new ConsistencyProof(oldSize, newSize, List.of());
        if (empty.isTrivial()) return empty;
        List<Hash> hashes = new ArrayList<>();
        if (!empty.startsAtOldRoot()) hashes.add(source.hash(empty.height(), empty.path().node()));
        hashes.addAll(empty.path().siblings(empty.height(), newSize, source));
        return new ConsistencyProof(oldSize, newSize, hashes);
    }

    private boolean isTrivial() {
        return oldSize == 0 || oldSize == newSize;
    }

    /** The old tree is one complete subtree, so the proof need not repeat its hash. */
    private boolean startsAtOldRoot() {
        return Long.bitCount(oldSize) == 1;
    }

    /** Of the last complete subtree in the old tree, with which both ways to a root start. */
    private int height() {
        return Long.numberOfTrailingZeros(oldSize);
    }

    private AuditPath path() {
        return new AuditPath((oldSize - 1) >>> height(), (newSize - 1) >>> height());
    }

    private int length() {
        return isTrivial() ? 0 : path().length() + (startsAtOldRoot() ? 0 : 1);
    }

    /**
     * Returns when the tree with the new root begins with the tree with the old root.
     *
     * @throws ProofException when that is not proved
     */
    public void verify(Hash oldRoot, Hash newRoot) {
        if (hashes.size() != length())
            throw new ProofException(
                    this + ": it has " + hashes.size() + " hashes, and not " + length());
        requireEmptyRoot(oldSize, oldRoot);
        requireEmptyRoot(newSize, newRoot);
        if (oldSize == newSize) require(oldRoot, newRoot);
        else if (!isTrivial()) verifyPath(oldRoot, newRoot);
    }

    private void verifyPath(Hash oldRoot, Hash newRoot) {
        int first = startsAtOldRoot() ? 0 : 1;
        Hash start = startsAtOldRoot() ? oldRoot : hashes.getFirst();
        List<Hash> siblings = hashes.subList(first, hashes.size());
        require(oldRoot, path().rootUpToNode(start, siblings));
        require(newRoot, path().root(start, siblings));
    }

    private void requireEmptyRoot(long size, Hash root) {
        if (size == 0) require(Hash.EMPTY_ROOT, root);
    }

    private void require(Hash expected, Hash found) {
        if (!found.equals(expected)) throw new ProofException(toString(), expected, found);
    }

    @Override
    public String toString() {
        return "consistency proof from size " + oldSize + " to " + newSize;
    }
}
