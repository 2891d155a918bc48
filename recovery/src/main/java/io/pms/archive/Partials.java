package io.pms.archive;

import io.pms.tlog.TilePath;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The partial tiles and bundles of an archive, and when nobody needs them any more. Not
 * thread-safe.
 *
 * <p>Those of checkpoints that were published are served until the full one is behind a checkpoint
 * too (C2SP tlog-tiles). Those that were found beyond the checkpoint have what was written ahead,
 * perhaps by a history that was lost: once a checkpoint has passed them that never had them, no
 * other one will.
 */
final class Partials {
    private static final int LEVELS = 8;

    private final Set<TilePath> kept = new LinkedHashSet<>();
    private final Set<TilePath> ahead = new LinkedHashSet<>();

    private Partials() {}

    /**
     * What lies at the right edge of an archive and beyond.
     *
     * @param size of its checkpoint
     */
    static Partials found(Archive archive, long size) {
        Partials partials = new Partials();
        for (int level = TilePath.ENTRIES; level < LEVELS; level++) {
            long edge = index(level, size);
            List<TilePath> found = archive.partials(level, Math.max(0, edge - 1));
            for (TilePath path : found)
                (path.isWithin(size) ? partials.kept : partials.ahead).add(path);
            if (level >= 0 && edge == 0 && found.isEmpty()) break; // nothing can be above it
        }
        partials.addPartials(size);
        return partials;
    }

    /**
     * Notes that a checkpoint of this size is published.
     *
     * @return partial ones that nobody needs any more
     */
    List<TilePath> published(long size) {
        addPartials(size);
        List<TilePath> superseded = new ArrayList<>();
        for (Iterator<TilePath> all = kept.iterator(); all.hasNext(); ) {
            TilePath partial = all.next();
            if (TilePath.inTree(partial.level(), partial.index(), size).isPartial()) continue;
            superseded.add(partial);
            all.remove();
        }
        return superseded;
    }

    /**
     * Those that were ahead and were passed by that checkpoint: they may contradict what it covers.
     */
    List<TilePath> passed(long size) {
        List<TilePath> passed = ahead.stream().filter(each -> each.isWithin(size)).toList();
        passed.forEach(ahead::remove);
        return passed;
    }

    private void addPartials(long size) {
        for (int level = TilePath.ENTRIES; level < LEVELS; level++) addPartial(level, size);
    }

    private void addPartial(int level, long size) {
        int width = TilePath.partialWidth(level, size);
        if (width == 0) return;
        TilePath path = new TilePath(level, index(level, size), width);
        ahead.remove(path);
        kept.add(path);
    }

    private static long index(int level, long size) {
        return (size >>> 8 * Math.max(level, 0)) / TilePath.FULL_WIDTH;
    }
}
