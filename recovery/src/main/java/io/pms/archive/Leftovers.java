package io.pms.archive;

import io.pms.tlog.FormatException;
import io.pms.tlog.TilePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What lies among the tiles and is not needed: partial tiles of older checkpoints, which must be
 * the beginning of what replaced them; what an archiver has written ahead; and what does not belong
 * there.
 */
final class Leftovers {
    private final Archive archive;
    private final long size;
    private final List<ArchiveDamage> damages = new ArrayList<>();
    private long ahead;

    private Leftovers(Archive archive, long size) {
        this.archive = archive;
        this.size = size;
    }

    static Leftovers look(Archive archive, long size) {
        Leftovers leftovers = new Leftovers(archive, size);
        String after = null;
        List<String> keys;
        do {
            keys = archive.keys(after);
            for (String key : keys) leftovers.look(key);
            if (!keys.isEmpty()) after = keys.getLast();
        } while (!keys.isEmpty());
        return leftovers;
    }

    private void look(String key) {
        TilePath path;
        try {
            path = TilePath.parse(key);
        } catch (FormatException e) {
            damages.add(new ArchiveDamage(0, 0, key + " does not belong into an archive"));
            return;
        }
        int width = width(path);
        if (path.width() > width) ahead++;
        else if (path.width() < width)
            compare(path, new TilePath(path.level(), path.index(), width));
    }

    /** How wide the tree's tile is at this place; 0 when it has none. */
    private int width(TilePath path) {
        long hashes = size >>> Math.min(8 * Math.max(path.level(), 0), Long.SIZE - 1);
        long full = hashes / TilePath.FULL_WIDTH;
        if (path.index() < full) return TilePath.FULL_WIDTH;
        return path.index() == full ? (int) (hashes % TilePath.FULL_WIDTH) : 0;
    }

    private void compare(TilePath old, TilePath current) {
        Optional<byte[]> before = archive.read(old);
        Optional<byte[]> now = archive.read(current);
        if (before.isEmpty() || now.isEmpty()) return; // removed meanwhile, or missed elsewhere
        byte[] part = before.get();
        byte[] all = now.get();
        if (part.length <= all.length && Arrays.equals(part, 0, part.length, all, 0, part.length))
            return;
        long first = TrustedArchive.first(old);
        long last = first + ((long) old.width() << 8 * Math.max(old.level(), 0)) - 1;
        damages.add(new ArchiveDamage(first, last, old + " is not the beginning of " + current));
    }

    List<ArchiveDamage> damages() {
        return damages;
    }

    /** Objects that a tree of this size does not have. */
    long ahead() {
        return ahead;
    }
}
