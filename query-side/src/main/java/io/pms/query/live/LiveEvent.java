package io.pms.query.live;

import io.pms.entry.Entry;
import io.pms.query.activity.Activity;
import io.pms.query.activity.Feed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event of the log on its way to clients. It is made ready once, by the first who needs it, so
 * that those whom nobody waits for cost nothing. Personal texts are not kept: they are opened anew
 * for each client, as long as they can be. Thread-safe.
 */
final class LiveEvent {
    /** What an event needs beside its payload, before and after it was made ready. */
    private static final int OVERHEAD_BYTES = 1_000;

    private final Entry entry;
    private final Frames frames;
    private volatile @Nullable Ready ready;

    /**
     * @param frame null where it is not to be kept
     */
    private record Ready(List<Feed> feeds, byte @Nullable [] frame) {}

    LiveEvent(Entry entry, Frames frames) {
        this.entry = entry;
        this.frames = frames;
    }

    long position() {
        return entry.position();
    }

    boolean isOf(String tenant) {
        return tenant.equals(entry.tenant());
    }

    boolean isIn(Feed feed) {
        return ready().feeds().contains(feed);
    }

    /** What is sent. */
    byte[] frame() {
        byte[] kept = ready().frame();
        return kept == null ? frames.event(frames.activity(entry)) : kept;
    }

    /** Bytes that it takes in memory, roughly and at most. */
    long weight() {
        int metadata = entry.metadata() == null ? 0 : entry.metadata().length();
        return OVERHEAD_BYTES + 2L * (entry.data().length + metadata);
    }

    private Ready ready() {
        Ready made = ready;
        if (made == null) {
            Activity activity = frames.activity(entry);
            boolean keep = !activity.showsPersonalText();
            made = new Ready(Feed.showing(activity), keep ? frames.event(activity) : null);
            ready = made;
        }
        return made;
    }
}
