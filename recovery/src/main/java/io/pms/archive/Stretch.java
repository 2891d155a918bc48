package io.pms.archive;

import io.pms.archive.RecomputedTree.Bundle;
import io.pms.archive.RecomputedTree.Compared;
import io.pms.entry.Entry;
import io.pms.entry.EntryCodec;
import io.pms.entry.EntryTime;
import io.pms.entry.MalformedEntryException;
import io.pms.tlog.EntryBundle;
import io.pms.tlog.FormatException;
import io.pms.tlog.HashTile;
import io.pms.tlog.MissingTileException;
import io.pms.tlog.TilePath;
import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring bundles: the hashes that their entries make, beside those that are stored, and what
 * is wrong with them.
 */
final class Stretch {
    /** Some ten milliseconds of work, so that several are under way in little memory. */
    static final int BUNDLES = 16;

    private final Archive archive;
    private final int logId;
    private final long size;
    private final List<ArchiveDamage> damages = new ArrayList<>();
    private final List<Bundle> bundles = new ArrayList<>();
    private long firstTime = Long.MAX_VALUE;
    private long lastTime = Long.MIN_VALUE;

    private Stretch(Archive archive, int logId, long size) {
        this.archive = archive;
        this.logId = logId;
        this.size = size;
    }

    /**
     * @param logId that all entries have
     * @param size of the tree
     */
    static Stretch read(Archive archive, int logId, long size, long from, long to) {
        Stretch stretch = new Stretch(archive, logId, size);
        for (long bundle = from; bundle < to; bundle++) stretch.take(bundle);
        return stretch;
    }

    private void take(long bundle) {
        long first = bundle * TilePath.FULL_WIDTH;
        try {
            List<byte[]> entries = archive.entries(bundle, size);
            for (int i = 0; i < entries.size(); i++) check(first + i, entries.get(i));
            HashTile leaves = new EntryBundle(entries).leaves();
            TilePath path = RecomputedTree.leaves(bundle, size);
            bundles.add(new Bundle(leaves, Compared.of(archive, path, leaves)));
        } catch (MissingTileException | FormatException e) {
            TilePath path = TilePath.inTree(TilePath.ENTRIES, bundle, size);
            long last = first + path.width() - 1;
            damages.add(new ArchiveDamage(first, last, String.valueOf(e.getMessage())));
            bundles.add(new Bundle(null, Compared.SAME));
        }
    }

    private void check(long position, byte[] bytes) {
        try {
            Entry entry = EntryCodec.decode(bytes);
            if (entry.position() != position || entry.logId() != logId)
                add(
                        position,
                        "the entry says that it is number %,d of log %d"
                                .formatted(entry.position(), entry.logId()));
            recorded(position, entry.recordedTimeMicros());
        } catch (MalformedEntryException e) {
            add(position, "not an entry in canonical form: " + e.getMessage());
        }
    }

    private void recorded(long position, long micros) {
        if (micros < lastTime) add(position, backwards(micros));
        if (firstTime == Long.MAX_VALUE) firstTime = micros;
        lastTime = micros;
    }

    static String backwards(long micros) {
        return "recorded time goes back to " + EntryTime.format(micros);
    }

    private void add(long position, String problem) {
        damages.add(new ArchiveDamage(position, position, problem));
    }

    /** Each of them, in order. */
    List<Bundle> bundles() {
        return bundles;
    }

    List<ArchiveDamage> damages() {
        return damages;
    }

    /** The largest number when no entry can be read. */
    long firstTime() {
        return firstTime;
    }

    /** The least number when no entry can be read. */
    long lastTime() {
        return lastTime;
    }
}
