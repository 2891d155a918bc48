package io.pms.archive;

import io.pms.tlog.TilePath;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The partial tiles and bundles of checkpoints that were published. They are served until the full
 * one is behind a checkpoint too (C2SP tlog-tiles).
 */
final class Partials {
    private final Set<TilePath> kept = new LinkedHashSet<>();

    /**
     * Notes that a checkpoint of this size is published.
     *
     * @return partial ones that nobody needs any more
     */
    List<TilePath> published(long size) {
        List<TilePath> superseded = new ArrayList<>();
        for (Iterator<TilePath> all = kept.iterator(); all.hasNext(); ) {
            TilePath partial = all.next();
            if (TilePath.inTree(partial.level(), partial.index(), size).isPartial()) continue;
            superseded.add(partial);
            all.remove();
        }
        addPartial(TilePath.ENTRIES, size);
        for (int level = 0; level <= 7; level++) addPartial(level, size);
        return superseded;
    }

    private void addPartial(int level, long size) {
        int width = TilePath.partialWidth(level, size);
        if (width > 0) kept.add(new TilePath(level, index(level, size), width));
    }

    private static long index(int level, long size) {
        return (size >>> 8 * Math.max(level, 0)) / TilePath.FULL_WIDTH;
    }
}
