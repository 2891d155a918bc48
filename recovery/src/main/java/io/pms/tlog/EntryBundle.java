package io.pms.tlog;

import io.pms.log.MerkleFrontier;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One to 256 consecutive entries (C2SP tlog-tiles): each one's length as two bytes, big-endian, and
 * the entry. The lengths are not hashed.
 *
 * @param entries their bytes, which are not copied: do not change them
 */
public record EntryBundle(List<byte[]> entries) {
    public static final int MAX_ENTRY_BYTES = 65_535;

    /**
     * @throws IllegalArgumentException when there are none, more than 256, or one is too long
     */
    public EntryBundle {
        entries = List.copyOf(entries);
        if (entries.isEmpty() || entries.size() > TilePath.FULL_WIDTH)
            throw new IllegalArgumentException(
                    "a bundle has 1 to 256 entries, not " + entries.size());
        for (byte[] entry : entries)
            if (entry.length > MAX_ENTRY_BYTES)
                throw new IllegalArgumentException(
                        "an entry has at most 65,535 bytes, not " + entry.length);
    }

    /**
     * Reads a bundle.
     *
     * @param path tells how many entries it has and which, and names it in failures
     * @throws FormatException when an entry is cut short or something follows the last one
     */
    public static EntryBundle decode(TilePath path, byte[] bytes) {
        if (!path.isEntries()) throw new IllegalArgumentException(path + " has no entries");
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        List<byte[]> entries = new ArrayList<>(path.width());
        while (entries.size() < path.width()) entries.add(next(path, entries.size(), rest));
        if (rest.hasRemaining())
            throw FormatException.atByte(
                    path.toString(),
                    rest.position(),
                    rest.remaining() + " bytes after the last of its entries");
        return new EntryBundle(entries);
    }

    private static byte[] next(TilePath path, int index, ByteBuffer rest) {
        int start = rest.position();
        int length = rest.remaining() < Short.BYTES ? -1 : Short.toUnsignedInt(rest.getShort());
        if (length < 0 || length > rest.remaining())
            throw FormatException.atByte(
                    path.toString(),
                    start,
                    "entry " + (path.index() * TilePath.FULL_WIDTH + index) + " is cut short");
        byte[] entry = new byte[length];
        rest.get(entry);
        return entry;
    }

    public byte[] encode() {
        int length = entries.stream().mapToInt(entry -> Short.BYTES + entry.length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (byte[] entry : entries) bytes.putShort((short) entry.length).put(entry);
        return bytes.array();
    }

    /** The hashes of its entries: the tile of level 0 at the same place. */
    public HashTile leaves() {
        MerkleFrontier hasher = new MerkleFrontier();
        ByteBuffer hashes = ByteBuffer.allocate(entries.size() * Hash.BYTES);
        for (byte[] entry : entries) hashes.put(hasher.append(entry));
        return HashTile.wrap(hashes.array());
    }
}
