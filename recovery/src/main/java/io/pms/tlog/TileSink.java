package io.pms.tlog;

/** Where tiles are written. */
@FunctionalInterface
public interface TileSink {
    /**
     * Keeps a tile. The same path comes with the same bytes, however often it comes.
     *
     * @param bytes the sink's own from here on
     */
    void put(TilePath path, byte[] bytes);
}
