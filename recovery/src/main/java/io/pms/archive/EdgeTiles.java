package io.pms.archive;

import io.pms.log.MerkleFrontier;
import io.pms.tlog.FormatException;
import io.pms.tlog.Hash;
import io.pms.tlog.HashTile;
import io.pms.tlog.MissingTileException;
import io.pms.tlog.TilePath;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The partial tiles of a tree, one a level at most. Together they make its root, and everything
 * else hangs on them.
 */
final class EdgeTiles {
    private static final int LEVELS = 8;

    private final Map<Integer, HashTile> tiles;

    private EdgeTiles(Map<Integer, HashTile> tiles) {
        this.tiles = tiles;
    }

    /**
     * @throws DamagedArchiveException when one is missing or they do not make the root
     */
    static EdgeTiles read(Archive archive, long size, Hash root) {
        Map<Integer, HashTile> tiles = new TreeMap<>();
        for (int level = 0; level < LEVELS; level++)
            if (TilePath.partialWidth(level, size) > 0)
                tiles.put(level, tile(archive, path(level, size), size));
        EdgeTiles edge = new EdgeTiles(tiles);
        Hash found = edge.root(size);
        if (!found.equals(root))
            throw new DamagedArchiveException(
                    0,
                    "the tiles at the right edge (%s) make the root %s, and the checkpoint says %s"
                            .formatted(String.join(", ", paths(size)), found, root));
        return edge;
    }

    private static HashTile tile(Archive archive, TilePath path, long size) {
        try {
            return archive.hashes(path);
        } catch (MissingTileException e) {
            throw DamagedArchiveException.incomplete(
                    TrustedArchive.first(path), String.valueOf(e.getMessage()), size);
        } catch (FormatException e) {
            throw new DamagedArchiveException(
                    TrustedArchive.first(path), String.valueOf(e.getMessage()));
        }
    }

    private static TilePath path(int level, long size) {
        return TilePath.inTree(level, (size >>> 8 * level) / TilePath.FULL_WIDTH, size);
    }

    private static List<String> paths(long size) {
        List<String> paths = new ArrayList<>();
        for (int level = 0; level < LEVELS; level++)
            if (TilePath.partialWidth(level, size) > 0) paths.add(path(level, size).toString());
        return paths;
    }

    HashTile tile(int level) {
        return Objects.requireNonNull(tiles.get(level));
    }

    private Hash root(long size) {
        List<List<byte[]>> levels = new ArrayList<>();
        for (int level = 0; level < LEVELS; level++) levels.add(hashes(tiles.get(level)));
        return root(levels, size);
    }

    private static List<byte[]> hashes(@Nullable HashTile tile) {
        List<byte[]> hashes = new ArrayList<>();
        if (tile != null) for (int i = 0; i < tile.width(); i++) hashes.add(tile.hash(i).toBytes());
        return hashes;
    }

    /** The root that the hashes at the right edge make, level by level from the leaves. */
    static Hash root(List<List<byte[]>> edge, long size) {
        ByteArrayOutputStream frontier = new ByteArrayOutputStream();
        for (List<byte[]> level : edge.reversed()) {
            MerkleFrontier tree = new MerkleFrontier();
            level.forEach(tree::appendLeaf);
            frontier.writeBytes(tree.toBytes());
        }
        return Hash.of(new MerkleFrontier(size, frontier.toByteArray()).root());
    }
}
