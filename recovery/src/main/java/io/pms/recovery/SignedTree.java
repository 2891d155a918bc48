package io.pms.recovery;

import io.pms.archive.TrustedArchive;
import io.pms.log.LogComparison;
import io.pms.log.MerkleFrontier;
import io.pms.tlog.TileHashSource;
import java.util.List;

/** The tree of an archive, for a database to be compared with. Not thread-safe. */
public final class SignedTree implements LogComparison.Tree {
    private final TrustedArchive archive;
    private final TileHashSource hashes;

    public SignedTree(TrustedArchive archive) {
        this.archive = archive;
        this.hashes = archive.hashes();
    }

    @Override
    public byte[] root(long from, long to) {
        if (Long.bitCount(to - from) == 1) {
            int height = Long.numberOfTrailingZeros(to - from);
            return hashes.hash(height, from >>> height).toBytes();
        }
        MerkleFrontier tree = new MerkleFrontier();
        leaves(from, to).forEach(tree::appendLeaf);
        return tree.root();
    }

    @Override
    public List<byte[]> leaves(long from, long to) {
        return archive.leaves(from, to);
    }
}
