package io.pms.query.live;

import io.pms.entry.Entry;
import io.pms.http.Problem;
import io.pms.log.EventLog;
import io.pms.projection.ActivityProjection;
import io.pms.query.LogReads;
import io.pms.query.Reads;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * What clients have missed: the activity projection knows the positions, the log what happened
 * there. Thread-safe.
 */
final class CatchUp {
    /** Positions a page: a script of microseconds. */
    static final int PAGE = 512;

    /** Events that are read at once: a megabyte at most, for each client that catches up. */
    private static final int SLICE = 16;

    /**
     * Reads at the same time: when all clients come back at once, queries must get their share of
     * the log's connections.
     */
    private static final int MAX_READS = 4;

    private final Reads reads;
    private final ActivityProjection projection;
    private final EventLog log;
    private final Frames frames;
    private final Semaphore permits = new Semaphore(MAX_READS, true);

    CatchUp(Reads reads, ActivityProjection projection, EventLog log, Frames frames) {
        this.reads = reads;
        this.projection = projection;
        this.log = log;
        this.frames = frames;
    }

    /**
     * The next that a view has after a position.
     *
     * @param positions oldest first
     * @param upTo there are no others up to this position
     */
    record Page(List<Long> positions, long upTo) {
        int slices() {
            return (positions.size() + SLICE - 1) / SLICE;
        }

        /** The last position of a slice. */
        long last(int number) {
            return slice(number).getLast();
        }

        private List<Long> slice(int number) {
            int from = number * SLICE;
            return positions.subList(from, Math.min(from + SLICE, positions.size()));
        }
    }

    /**
     * @throws Problem 503 when it is not known: then it may be known later
     */
    Page page(View view, long after) {
        Reads.Positioned<List<Long>> found =
                permitted(() ->
                        reads.positionsAfter(
                                projection, view.caller(), view.feed().list(), after, PAGE));
        List<Long> positions = found.value();
        boolean all = positions.size() < PAGE;
        return new Page(positions, all ? Math.max(after, found.position()) : positions.getLast());
    }

    /**
     * What is sent for a slice of a page.
     *
     * @throws Problem 503 when the log cannot be read
     */
    List<byte[]> frames(Page page, int slice) {
        List<Long> positions = page.slice(slice);
        return permitted(() -> LogReads.guarded(() -> frames(positions)));
    }

    private List<byte[]> frames(List<Long> positions) {
        List<Entry> entries = log.readAt(positions);
        if (entries.size() < positions.size())
            throw new IllegalStateException("the log does not have all of " + positions);
        return entries.stream().map(entry -> frames.event(frames.activity(entry))).toList();
    }

    private <T> T permitted(Supplier<T> read) {
        permits.acquireUninterruptibly();
        try {
            return read.get();
        } finally {
            permits.release();
        }
    }
}
