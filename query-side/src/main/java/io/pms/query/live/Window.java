package io.pms.query.live;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The latest of consecutive events: as many as fit, and the last one always. Used by one thread at
 * a time.
 */
final class Window {
    private final @Nullable LiveEvent[] slots;
    private final long maxBytes;
    private long first;
    private long next;
    private long bytes;

    Window(int maxEntries, long maxBytes) {
        this.slots = new @Nullable LiveEvent[maxEntries];
        this.maxBytes = maxBytes;
    }

    /** Forgets all, to go on from this position. */
    void restart(long position) {
        while (first < next) forgetFirst();
        first = position;
        next = position;
    }

    /** The position of the oldest that is there, or else of the next one. */
    long first() {
        return first;
    }

    /** The position that is added next. */
    long next() {
        return next;
    }

    void add(LiveEvent event) {
        if (event.position() != next)
            throw new IllegalArgumentException(
                    "position " + event.position() + " does not come after " + (next - 1));
        if (next - first == slots.length) forgetFirst();
        slots[slot(next)] = event;
        next++;
        bytes += event.weight();
        while (bytes > maxBytes && first < next - 1) forgetFirst();
    }

    /**
     * @param position from the first to before the next
     */
    LiveEvent get(long position) {
        return Objects.requireNonNull(slots[slot(position)]);
    }

    private void forgetFirst() {
        bytes -= get(first).weight();
        slots[slot(first)] = null;
        first++;
    }

    private int slot(long position) {
        return (int) (position % slots.length);
    }
}
