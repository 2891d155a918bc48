package io.pms.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tiles in memory, which sees to it that none comes twice. */
final class MemoryTiles implements TileSink, TileSource {
    private final Map<String, byte[]> tiles = new TreeMap<>();

    /** The tiles of a tree of all sizes that are named. */
    static MemoryTiles of(List<Hash> leaves, int... sizes) {
        MemoryTiles tiles = new MemoryTiles();
        TileAppender appender = new TileAppender(tiles);
        for (int size : sizes) {
            leaves.subList((int) appender.size(), size).forEach(appender::append);
            appender.putPartialTiles();
        }
        return tiles;
    }

    @Override
    public void put(TilePath path, byte[] bytes) {
        assertThat(tiles.put(path.toString(), bytes)).as("%s came before", path).isNull();
        assertThat(bytes).as(path.toString()).hasSize(path.width() * Hash.BYTES);
    }

    @Override
    public Optional<byte[]> read(TilePath path) {
        return Optional.ofNullable(tiles.get(path.toString()));
    }

    void remove(TilePath path) {
        assertThat(tiles.remove(path.toString())).as(path.toString()).isNotNull();
    }

    void replace(TilePath path, byte[] bytes) {
        assertThat(tiles.replace(path.toString(), bytes)).as(path.toString()).isNotNull();
    }

    Map<String, byte[]> all() {
        return tiles;
    }

    Map<String, byte[]> full() {
        Map<String, byte[]> full = new TreeMap<>(tiles);
        full.keySet().removeIf(path -> path.contains(".p/"));
        return full;
    }
}
