package io.pms.tlog;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a tile is: {@code tile/<L>/<N>[.p/<W>]} for hashes and {@code tile/entries/<N>[.p/<W>]} for
 * entries (C2SP tlog-tiles). There is one text for each, and no other is read.
 *
 * @param level 0 for leaf hashes, up to 63; {@link #ENTRIES} for a bundle of entries
 * @param index of the tile in its level, from 0
 * @param width hashes or entries in it: 1 to 255 in a partial tile, 256 in a full one
 */
public record TilePath(int level, long index, int width) {
    /** Hashes or entries in a full tile. */
    public static final int FULL_WIDTH = 256;

    /** The level of bundles, beside those of hashes. */
    public static final int ENTRIES = -1;

    private static final int MAX_LEVEL = 63;

    /** The path of the current checkpoint, which is not a tile. */
    public static final String CHECKPOINT = "checkpoint";

    /** Seven groups of digits hold every index. */
    private static final Pattern TEXT =
            Pattern.compile(
                    "tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\\.p/([0-9]{1,3}))?");

    public TilePath {
        if (level < ENTRIES || level > MAX_LEVEL)
            throw new IllegalArgumentException("tiles have levels 0 to 63, not " + level);
        if (index < 0) throw new IllegalArgumentException("tile index " + index);
        if (width < 1 || width > FULL_WIDTH)
            throw new IllegalArgumentException("tiles are 1 to 256 wide, not " + width);
    }

    /**
     * The tile with this place in a tree of some size, as wide as it is there.
     *
     * @throws IllegalArgumentException when that tree does not have it
     */
    public static TilePath inTree(int level, long index, long treeSize) {
        long tiles = hashesAt(level, treeSize) / FULL_WIDTH;
        if (index < tiles) return new TilePath(level, index, FULL_WIDTH);
        int width = partialWidth(level, treeSize);
        if (index > tiles || width == 0)
            throw new IllegalArgumentException(
                    "a tree of size " + treeSize + " has no tile " + index + " at level " + level);
        return new TilePath(level, index, width);
    }

    /** How many hashes a tree has at a level of tiles: floor(size / 256^level). */
    static long hashesAt(int level, long treeSize) {
        if (treeSize < 0) throw new IllegalArgumentException("tree size " + treeSize);
        int height = 8 * Math.max(level, 0); // entries are as many as leaves
        return height < Long.SIZE ? treeSize >>> height : 0;
    }

    /** The width of the partial tile at a level: floor(size / 256^level) mod 256; 0 is none. */
    public static int partialWidth(int level, long treeSize) {
        return (int) (hashesAt(level, treeSize) % FULL_WIDTH);
    }

    /**
     * Reads a path, without a slash at its beginning.
     *
     * @throws FormatException unless it is what {@link #toString} writes
     */
    public static TilePath parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) throw notCanonical(text);
        try {
            TilePath path = of(matcher.group(1), matcher.group(2), matcher.group(3));
            if (path.toString().equals(text)) return path;
        } catch (IllegalArgumentException e) {
            throw notCanonical(text);
        }
        throw notCanonical(text);
    }

    private static TilePath of(String level, String index, @Nullable String width) {
        return new TilePath(
                level.equals("entries") ? ENTRIES : Integer.parseInt(level),
                Long.parseLong(index.replace("x", "").replace("/", "")),
                width == null ? FULL_WIDTH : Integer.parseInt(width));
    }

    private static FormatException notCanonical(String text) {
        return FormatException.of(
                "tile path", FormatException.quote(text) + " is not the path of a tile");
    }

    public boolean isPartial() {
        return width < FULL_WIDTH;
    }

    public boolean isEntries() {
        return level == ENTRIES;
    }

    /** Whether a tree of this size has all that is in this tile. */
    public boolean isWithin(long treeSize) {
        long hashes = hashesAt(level, treeSize);
        return index <= hashes / FULL_WIDTH && index * FULL_WIDTH + width <= hashes;
    }

    /** The full tile at the same place, which has this one at its beginning. */
    public TilePath full() {
        return new TilePath(level, index, FULL_WIDTH);
    }

    /** For example {@code tile/0/x001/x234/067.p/8}. */
    @Override
    public String toString() {
        StringBuilder groups = new StringBuilder("%03d".formatted(index % 1_000));
        for (long rest = index / 1_000; rest > 0; rest /= 1_000)
            groups.insert(0, "x%03d/".formatted(rest % 1_000));
        return "tile/"
                + (isEntries() ? "entries" : level)
                + "/"
                + groups
                + (isPartial() ? ".p/" + width : "");
    }
}
