package io.pms.recovery;

import io.pms.archive.TrustedArchive;
import io.pms.log.LoadingLane;
import io.pms.log.LogLoader;
import io.pms.tlog.TilePath;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Loads one range in ascending order, behind what an earlier attempt has stored of it. */
final class RangeLoad {
    /** Of one transaction: a commit costs a flush, and what is not committed is in memory. */
    private static final int MAX_ENTRIES = 4_096;

    private static final long MAX_BYTES = 8 << 20;

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
        while (at < to && !cancelled.get()) {
            take(at, to);
            at = stored + pending.size();
            if (at == to || pending.size() >= MAX_ENTRIES || pendingBytes >= MAX_BYTES) {
                flush(stored);
                stored = at;
            }
        }
    }

    /** The rest of the bundle that has this position. */
    private void take(long position, long to) {
        long bundle = position / TilePath.FULL_WIDTH;
        long first = bundle * TilePath.FULL_WIDTH;
        List<byte[]> entries = archive.entries(bundle);
        int end = (int) Math.min(entries.size(), to - first);
        for (byte[] entry : entries.subList((int) (position - first), end)) {
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
