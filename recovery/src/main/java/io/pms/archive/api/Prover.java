package io.pms.archive.api;

import io.pms.tlog.ConsistencyProof;
import io.pms.tlog.Hash;
import io.pms.tlog.HashSource;
import io.pms.tlog.InclusionProof;
import io.pms.tlog.TileHashSource;
import io.pms.tlog.TileSource;

/**
 * Makes proofs that lead to one checkpoint. Each is verified with the checkpoint's root before it
 * is given away: a damaged tile is found here. Used by one thread.
 */
final class Prover {
    private final Published to;
    private final HashSource hashes;

    Prover(Published to, TileSource tiles) {
        this.to = to;
        this.hashes = new TileHashSource(to.size(), tiles);
    }

    /**
     * The root that the tree had with so many leaves, of which the checkpoint's is a continuation.
     *
     * @throws io.pms.tlog.ProofException when the archive does not show that
     */
    Hash root(long size) {
        if (size == to.size()) return to.checkpoint().root();
        Hash root = hashes.root(size);
        ConsistencyProof.build(size, to.size(), hashes).verify(root, to.checkpoint().root());
        return root;
    }

    /** What the tree has at a position. */
    Hash leaf(long position) {
        return hashes.hash(0, position);
    }

    InclusionProof inclusion(long position, long size, Hash leaf) {
        InclusionProof proof = InclusionProof.build(position, size, hashes);
        proof.verify(leaf, root(size));
        return proof;
    }

    ConsistencyProof consistency(long from, long to) {
        ConsistencyProof proof = ConsistencyProof.build(from, to, hashes);
        proof.verify(root(from), root(to));
        return proof;
    }
}
