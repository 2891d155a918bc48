package io.pms.tlog;

import java.util.Optional;

/** Where tiles are read: an archive, or another's log. What it answers is not trusted. */
@FunctionalInterface
public interface TileSource {
    /** The bytes at this path, or nothing when there is no such tile. */
    Optional<byte[]> read(TilePath path);

    /**
     * A tile of hashes. A partial tile that is gone is taken from the full one, which a log may
     * keep instead of it (C2SP tlog-tiles, partial tiles).
     *
     * @throws MissingTileException when there is neither
     * @throws FormatException when it does not have its width
     */
    default HashTile hashes(TilePath path) {
        Optional<byte[]> bytes = read(path);
        if (bytes.isPresent()) return HashTile.decode(path, bytes.get());
        if (!path.isPartial()) throw new MissingTileException(path);
        TilePath full = path.full();
        byte[] all = read(full).orElseThrow(() -> new MissingTileException(path));
        return HashTile.decode(full, all).prefix(path.width());
    }
}
