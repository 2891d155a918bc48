package io.pms.archive;

import io.pms.tlog.FormatException;
import io.pms.tlog.Hash;
import io.pms.tlog.HashTile;
import io.pms.tlog.MissingTileException;
import io.pms.tlog.TilePath;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tree that entries make, level by level, compared with the tiles that are stored. */
final class RecomputedTree {
    /** More mean that nothing fits. */
    private static final int MAX_MISMATCHES = 100;

    private final Archive archive;
    private final long finalSize;
    private final List<List<byte[]>> edge = new ArrayList<>();
    private final List<Mismatch> mismatches = new ArrayList<>();
    private final List<ArchiveDamage> missing = new ArrayList<>();
    private long size;
    private boolean incomplete;

    RecomputedTree(Archive archive, long finalSize) {
        this.archive = archive;
        this.finalSize = finalSize;
    }

    /**
     * A stored tile that is not what the entries make.
     *
     * @param different the first of its hashes that is another one
     * @param recomputed the root that it should have; null when it is partial
     */
    record Mismatch(TilePath path, int different, @Nullable Hash recomputed) {
        /** The first position below the hash that differs. */
        long first() {
            return TrustedArchive.first(path) + ((long) different << 8 * path.level());
        }

        long last() {
            return first() + (1L << 8 * path.level()) - 1;
        }
    }

    /**
     * What the entries of one bundle make.
     *
     * @param leaves null when it cannot be read
     * @param stored the tile that is stored for them; not asked for when there are no leaves
     */
    record Bundle(@Nullable HashTile leaves, Compared stored) {}

    /**
     * A tile that is stored, beside what entries make.
     *
     * @param mismatch null when it is the same
     * @param missing that it is not there, or not as wide as it should be; null when it is
     */
    record Compared(@Nullable Mismatch mismatch, @Nullable ArchiveDamage missing) {
        static final Compared SAME = new Compared(null, null);

        /** Any thread may compare. */
        static Compared of(Archive archive, TilePath path, HashTile recomputed) {
            try {
                var different = archive.hashes(path).firstDifference(recomputed);
                if (different.isEmpty()) return SAME;
                Hash root = path.isPartial() ? null : recomputed.root();
                return new Compared(new Mismatch(path, different.getAsInt(), root), null);
            } catch (MissingTileException | FormatException e) {
                long first = TrustedArchive.first(path);
                long last = first + ((long) path.width() << 8 * path.level()) - 1;
                String problem = String.valueOf(e.getMessage());
                return new Compared(null, new ArchiveDamage(first, last, problem));
            }
        }
    }

    /** Where the leaves of a bundle are, in a tree of that size. */
    static TilePath leaves(long bundle, long treeSize) {
        return TilePath.inTree(0, bundle, treeSize);
    }

    /** The next bundle. */
    void append(Bundle bundle) {
        TilePath path = leaves(size / TilePath.FULL_WIDTH, finalSize);
        HashTile leaves = bundle.leaves();
        size += path.width();
        if (leaves == null) incomplete = true;
        add(bundle.stored());
        if (!path.isPartial()) push(1, leaves == null ? ArchiveVerifier.unknown() : leaves.root());
        else if (leaves != null)
            for (int i = 0; i < leaves.width(); i++) level(0).add(bytes(leaves, i));
        if (size == finalSize) compareEdge();
    }

    private static byte[] bytes(HashTile tile, int index) {
        return tile.hash(index).toBytes();
    }

    private void push(int level, Hash hash) {
        List<byte[]> hashes = level(level);
        hashes.add(hash.toBytes());
        if (hashes.size() < TilePath.FULL_WIDTH) return;
        long index = (size >>> 8 * level) / TilePath.FULL_WIDTH - 1;
        TilePath path = new TilePath(level, index, TilePath.FULL_WIDTH);
        HashTile tile = tile(path, hashes);
        compare(path, tile);
        hashes.clear();
        push(level + 1, tile.root());
    }

    private void compareEdge() {
        for (int level = 1; level < edge.size(); level++)
            if (!level(level).isEmpty()) {
                long index = (finalSize >>> 8 * level) / TilePath.FULL_WIDTH;
                TilePath path = TilePath.inTree(level, index, finalSize);
                compare(path, tile(path, level(level)));
            }
    }

    private static HashTile tile(TilePath path, List<byte[]> hashes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        hashes.forEach(bytes::writeBytes);
        return HashTile.decode(path, bytes.toByteArray());
    }

    private List<byte[]> level(int level) {
        while (edge.size() <= level) edge.add(new ArrayList<>());
        return edge.get(level);
    }

    private void compare(TilePath path, HashTile recomputed) {
        add(Compared.of(archive, path, recomputed));
    }

    private void add(Compared compared) {
        if (compared.mismatch() != null && mismatches.size() < MAX_MISMATCHES)
            mismatches.add(compared.mismatch());
        if (compared.missing() != null) missing.add(compared.missing());
    }

    long size() {
        return size;
    }

    List<Mismatch> mismatches() {
        return mismatches;
    }

    /** Tiles that are not there, or not as wide as they should be. */
    List<ArchiveDamage> missing() {
        return missing;
    }

    /** Null when a bundle could not be read. */
    @Nullable Hash root() {
        return incomplete ? null : EdgeTiles.root(edge, size);
    }
}
