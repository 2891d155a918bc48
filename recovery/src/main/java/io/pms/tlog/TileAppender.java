package io.pms.tlog;

import io.pms.log.MerkleFrontier;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Grows a tree that is kept in tiles (C2SP tlog-tiles): it takes leaf hashes and puts out the tiles
 * that the larger tree has and the smaller had not. Full tiles come as they complete, partial ones
 * when they are asked for; no tile comes twice, and none is empty. It holds one tile a level, so
 * its memory is logarithmic in the size. Not thread-safe.
 *
 * <p>When the sink throws, tiles may be missing and this appender refuses to go on: begin again
 * with {@link #resume} at a size whose tiles are all kept.
 */
public final class TileAppender {
    private final TileSink sink;
    private final List<EdgeTile> edge = new ArrayList<>();
    private long size;
    private boolean torn;

    /** Begins with the empty tree. */
    public TileAppender(TileSink sink) {
        this.sink = sink;
    }

    /**
     * Goes on with a tree whose tiles are kept. It reads those at the right edge, one a level at
     * most.
     *
     * @param root of the tree of that size, from where it is trusted: a signed checkpoint, or the
     *     log
     * @throws ProofException when the tiles are not those of a tree with this root
     * @throws MissingTileException when a tile is not there
     * @throws FormatException when a tile does not have its width
     */
    public static TileAppender resume(long size, Hash root, TileSource tiles, TileSink sink) {
        if (size < 0) throw new IllegalArgumentException("size " + size);
        TileAppender appender = new TileAppender(sink);
        appender.size = size;
        for (int level = 0; TilePath.hashesAt(level, size) > 0; level++)
            if (TilePath.partialWidth(level, size) > 0)
                appender.fill(level, tiles.hashes(appender.partial(level)));
        Hash found = appender.root();
        if (!found.equals(root))
            throw new ProofException("the tiles of a tree of size " + size, root, found);
        return appender;
    }

    private void fill(int level, HashTile kept) {
        EdgeTile tile = edge(level);
        for (int i = 0; i < kept.width(); i++) tile.add(kept.hash(i));
        tile.markKept();
    }

    public long size() {
        return size;
    }

    /** Adds a leaf and puts out the tiles that it completes. */
    public void append(Hash leaf) {
        requireWhole();
        if (size == Long.MAX_VALUE) throw new IllegalStateException("the tree is full");
        Hash hash = leaf;
        for (int level = 0; ; level++) {
            EdgeTile tile = edge(level);
            tile.add(hash);
            if (!tile.isFull()) break;
            long index = TilePath.hashesAt(level, size) / TilePath.FULL_WIDTH;
            put(new TilePath(level, index, TilePath.FULL_WIDTH), tile);
            hash = tile.next();
        }
        size++;
    }

    /** Puts out the partial tiles of the tree as it is now, unless they were before. */
    public void putPartialTiles() {
        requireWhole();
        for (int level = 0; level < edge.size(); level++) {
            EdgeTile tile = edge.get(level);
            if (tile.width() > 0 && tile.hasChanged()) put(partial(level), tile);
            tile.markKept();
        }
    }

    /** The root over all leaves so far. */
    public Hash root() {
        requireWhole();
        ByteArrayOutputStream frontier = new ByteArrayOutputStream();
        for (EdgeTile tile : edge.reversed()) frontier.writeBytes(tile.frontier());
        return Hash.of(new MerkleFrontier(size, frontier.toByteArray()).root());
    }

    private EdgeTile edge(int level) {
        while (edge.size() <= level) edge.add(new EdgeTile());
        return edge.get(level);
    }

    private TilePath partial(int level) {
        return TilePath.inTree(level, TilePath.hashesAt(level, size) / TilePath.FULL_WIDTH, size);
    }

    private void put(TilePath path, EdgeTile tile) {
        torn = true;
        sink.put(path, tile.encode());
        torn = false;
    }

    private void requireWhole() {
        if (torn) throw new IllegalStateException("a tile may not have been kept: resume again");
    }
}
