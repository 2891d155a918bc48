package io.pms.bench.torture;

import io.pms.entry.Entry;
import io.pms.entry.EntryCodec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one reader has seen so far. It notices at once when something is missing, comes late or has
 * changed. Thread-safe.
 */
final class Sight {
    private final String reader;
    private final @Nullable String stream;
    private long[] prints = new long[1024];
    private int size;
    private long recordedTimeMicros;

    /**
     * @param stream the aggregate whose stream is read; null for the whole log
     */
    Sight(String reader, @Nullable String stream) {
        this.reader = reader;
        this.stream = stream;
    }

    /** The position or sequence that is to come next. */
    synchronized long next() {
        return size;
    }

    /** Takes the next entry; null when it is as it must be. */
    synchronized @Nullable Violation see(Entry entry) {
        long number = number(entry);
        if (number != size)
            return violation(
                    stream == null ? Invariant.GAP_FREE : Invariant.DENSE_STREAMS,
                    "found " + number + " where " + size + " comes next");
        if (entry.recordedTimeMicros() < recordedTimeMicros)
            return violation(Invariant.RECORDED_TIME, "found that it goes back at " + number);
        recordedTimeMicros = entry.recordedTimeMicros();
        if (size == prints.length) prints = Arrays.copyOf(prints, 2 * size);
        prints[size++] = print(entry);
        return null;
    }

    /** Looks at an entry for another time; null when it is what it was. */
    synchronized @Nullable Violation seeAgain(Entry entry) {
        long number = number(entry);
        if (number < size && prints[(int) number] == print(entry)) return null;
        return violation(
                Invariant.COMMIT_ORDERED,
                "found something new at " + number + " after it had seen " + size + " entries");
    }

    synchronized Seen seen() {
        return new Seen(reader, stream, Arrays.copyOf(prints, size));
    }

    private long number(Entry entry) {
        return stream == null ? entry.position() : entry.sequence();
    }

    private static long print(Entry entry) {
        return Stored.print(Stored.leaf(EntryCodec.encode(entry)));
    }

    private Violation violation(Invariant invariant, String what) {
        return new Violation(
                invariant,
                reader
                        + (stream == null ? ", by position, " : ", in stream " + stream + ", ")
                        + what);
    }
}
