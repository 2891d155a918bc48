package io.pms.recovery;

import io.pms.archive.TrustedArchive;
import io.pms.entry.EntryCodec;
import io.pms.entry.EntryTime;
import io.pms.tlog.TilePath;
import java.util.List;

/** How many entries a target keeps. */
final class TargetSearch {
    private final TrustedArchive archive;

    TargetSearch(TrustedArchive archive) {
        this.archive = archive;
    }

    /**
     * @throws IllegalArgumentException when the archive does not have what is asked for
     */
    long entries(Target target) {
        return switch (target) {
            case Target.Latest _ -> archive.size();
            case Target.Position position -> upTo(position.last());
            case Target.RecordedTime time -> recordedUpTo(time.micros());
        };
    }

    private long upTo(long last) {
        if (last >= archive.size())
            throw new IllegalArgumentException(
                    "the archive ends at position %,d; there is no position %,d"
                            .formatted(archive.size() - 1, last));
        return last + 1;
    }

    /** Recorded time never goes back, so it can be searched. */
    private long recordedUpTo(long micros) {
        long low = 0; // entries that are recorded by then
        long high = archive.size();
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (recorded(middle) <= micros) low = middle + 1;
            else high = middle;
        }
        if (low == 0)
            throw new IllegalArgumentException(
                    "nothing was recorded by "
                            + EntryTime.format(micros)
                            + (archive.size() == 0
                                    ? ""
                                    : "; the first event was at " + EntryTime.format(recorded(0))));
        return low;
    }

    private long recorded(long position) {
        List<byte[]> entries = archive.entries(position / TilePath.FULL_WIDTH);
        byte[] entry = entries.get((int) (position % TilePath.FULL_WIDTH));
        return EntryCodec.decode(entry).recordedTimeMicros();
    }
}
