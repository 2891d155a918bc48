package io.pms.recovery;

import io.pms.archive.TrustedArchive;
import io.pms.log.LoadingLane;
import io.pms.log.LogLoader;
import io.pms.tlog.TilePath;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Gatherers;
import java.util.stream.LongStream;

/** Loads one range in ascending order, behind what an earlier attempt has stored of it. */
final class RangeLoad {
    /** Of one transaction: a commit costs a flush, and what is not committed is in memory. */
    private static final int MAX_ENTRIES = 4_096;

    private static final long MAX_BYTES = 8 << 20;

    /**
     * Bundles that are fetched while others are stored. A bundle and its tile take two GETs, some
     * 60 ms from S3, in which a lane stores those of three or four.
     */
    private static final int AHEAD = 5;

    private final TrustedArchive archive;
    private final LogLoader loader;
    private final LoadingLane lane;
    private final AtomicBoolean cancelled;
    private final AtomicLong done;
    private final List<byte[]> pending = new ArrayList<>();
    private long pendingBytes;

    RangeLoad(
            TrustedArchive archive,
            LogLoader loader,
            LoadingLane lane,
            AtomicBoolean cancelled,
            AtomicLong done) {
        this.archive = archive;
        this.loader = loader;
        this.lane = lane;
        this.cancelled = cancelled;
        this.done = done;
    }

    void run(long from, long to) {
        long stored = loader.storedUpTo(from, to);
        if (stored > from) lane.requireStored(from, archive.leaves(from, stored));
        done.addAndGet(stored - from);
        long at = stored;
        Iterator<List<byte[]>> bundles = bundles(stored, to);
        while (at < to && !cancelled.get()) {
            take(bundles.next(), at, to);
            at = stored + pending.size();
            if (at == to || pending.size() >= MAX_ENTRIES || pendingBytes >= MAX_BYTES) {
                flush(stored);
                stored = at;
            }
        }
    }

    /** Those that have the entries of a range, in order. */
    private Iterator<List<byte[]>> bundles(long from, long to) {
        long end = Math.ceilDiv(to, TilePath.FULL_WIDTH);
        return LongStream.range(from / TilePath.FULL_WIDTH, end)
                .boxed()
                .gather(Gatherers.mapConcurrent(AHEAD, archive::entries))
                .iterator();
    }

    /** What the bundle has from this position on. */
    private void take(List<byte[]> bundle, long position, long to) {
        long first = position / TilePath.FULL_WIDTH * TilePath.FULL_WIDTH;
        int end = (int) Math.min(bundle.size(), to - first);
        for (byte[] entry : bundle.subList((int) (position - first), end)) {
            pending.add(entry);
            pendingBytes += entry.length;
        }
    }

    private void flush(long first) {
        lane.load(first, pending);
        done.addAndGet(pending.size());
        pending.clear();
        pendingBytes = 0;
    }
}
