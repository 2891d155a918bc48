package io.pms.tlog;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The hashes of a tree that is kept in tiles. It remembers the tiles that the last proofs needed.
 * The hashes are as good as the tiles: what is built from them should be verified with a root that
 * is trusted. Not thread-safe.
 */
public final class TileHashSource implements HashSource {
    /** A proof needs two tiles a level at most, and 2^63 leaves have eight levels. */
    private static final int MAX_TILES = 16;

    private final long size;
    private final TileSource tiles;
    private final Map<TilePath, HashTile> recent =
            new LinkedHashMap<>(MAX_TILES, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<TilePath, HashTile> eldest) {
                    return size() > MAX_TILES;
                }
            };

    /**
     * @param size of the tree, from a checkpoint: its partial tiles are asked for
     */
    public TileHashSource(long size, TileSource tiles) {
        if (size < 0) throw new IllegalArgumentException("size " + size);
        this.size = size;
        this.tiles = tiles;
    }

    /**
     * @throws MissingTileException when the tile is not there
     * @throws FormatException when the tile does not have its width
     */
    @Override
    public Hash hash(int height, long index) {
        if (height < 0 || height >= Long.SIZE - 1 || index < 0 || index >= size >>> height)
            throw new IllegalArgumentException(
                    "a tree of size " + size + " has no subtree " + index + " of height " + height);
        int level = height / 8;
        int heightInTile = height % 8;
        long subtreesInTile = TilePath.FULL_WIDTH >>> heightInTile;
        return tile(TilePath.inTree(level, index / subtreesInTile, size))
                .subtree(heightInTile, (int) (index % subtreesInTile));
    }

    private HashTile tile(TilePath path) {
        return recent.computeIfAbsent(path, tiles::hashes);
    }
}
