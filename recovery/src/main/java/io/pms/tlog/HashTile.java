package io.pms.tlog;

import io.pms.log.MerkleFrontier;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * One to 256 consecutive hashes of one level of a Merkle tree, next to each other (C2SP
 * tlog-tiles). Immutable.
 */
public final class HashTile {
    private final byte[] bytes;

    private HashTile(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes the array as it is. */
    static HashTile wrap(byte[] hashes) {
        return new HashTile(hashes);
    }

    /**
     * Reads a tile.
     *
     * @param path tells how wide it is, and names it in failures
     * @throws FormatException when it is shorter or longer
     */
    public static HashTile decode(TilePath path, byte[] bytes) {
        if (path.isEntries()) throw new IllegalArgumentException(path + " has no hashes");
        int expected = path.width() * Hash.BYTES;
        if (bytes.length != expected)
            throw FormatException.atByte(
                    path.toString(),
                    Math.min(bytes.length, expected),
                    "it has " + bytes.length + " bytes, and should have " + expected);
        return new HashTile(bytes.clone());
    }

    /** 32 bytes for each hash. */
    public byte[] encode() {
        return bytes.clone();
    }

    public int width() {
        return bytes.length / Hash.BYTES;
    }

    public Hash hash(int index) {
        int from = Objects.checkIndex(index, width()) * Hash.BYTES;
        return Hash.of(bytes, from, from + Hash.BYTES);
    }

    /**
     * The hash that stands for this tile in the level above.
     *
     * @throws IllegalStateException when it is partial: those are never hashed upward
     */
    public Hash root() {
        if (width() < TilePath.FULL_WIDTH)
            throw new IllegalStateException("a tile of width " + width() + " has no root");
        return subtree(8, 0);
    }

    /**
     * The root over the hashes from index · 2^height on, 2^height of them.
     *
     * @param height 0 to 8
     */
    Hash subtree(int height, int index) {
        int first = index << height;
        if (height == 0) return hash(first);
        MerkleFrontier tree = new MerkleFrontier();
        for (int i = 0; i < 1 << height; i++) tree.appendLeaf(hash(first + i).toBytes());
        return Hash.of(tree.root());
    }

    /** Its beginning, as a tile of its own. */
    HashTile prefix(int width) {
        Objects.checkFromToIndex(0, width, width());
        return new HashTile(Arrays.copyOf(bytes, width * Hash.BYTES));
    }

    /** The index of the first hash that another tile has not; empty when they are the same. */
    public OptionalInt firstDifference(HashTile other) {
        int at = Arrays.mismatch(bytes, other.bytes);
        return at < 0 ? OptionalInt.empty() : OptionalInt.of(at / Hash.BYTES);
    }
}
