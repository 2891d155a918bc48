package io.pms.archive.witness;

import io.pms.tlog.Checkpoint;
import io.pms.tlog.ConsistencyProof;
import io.pms.tlog.HashSource;
import io.pms.tlog.TileHashSource;
import io.pms.tlog.TileSource;
import java.util.HashMap;
import java.util.Map;

/** Consistency proofs to one checkpoint, each made once: most witnesses are equally far. */
final class Proofs {
    private final long size;
    private final HashSource hashes;
    private final Map<Long, ConsistencyProof> made = new HashMap<>();

    Proofs(Checkpoint to, TileSource tiles) {
        this.size = to.size();
        this.hashes = new TileHashSource(size, tiles);
    }

    long size() {
        return size;
    }

    /**
     * @throws IllegalArgumentException when the checkpoint's tree is smaller
     */
    synchronized ConsistencyProof from(long oldSize) {
        return made.computeIfAbsent(oldSize, known -> ConsistencyProof.build(known, size, hashes));
    }
}
