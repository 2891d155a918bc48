package io.pms.log;

import org.jspecify.annotations.Nullable;

/**
 * The last event that a process knows to be in the log, so that it notices when the database comes
 * back without it, or with another one in its place. Thread-safe.
 */
final class LastSeen {
    /**
     * @param leafCheck as it stands in the event's row
     */
    record Event(long position, long leafCheck) {}

    private @Nullable Event last;
    private @Nullable Long lineage;

    /**
     * Whether the log was brought back since it was looked at first, and may lack events that this
     * process has heard of and not read.
     *
     * @param known a size that the log has had
     */
    synchronized boolean mayLack(long now, long known) {
        boolean lacks =
                lineage != null
                        && lineage != now
                        && (last == null ? 0 : last.position() + 1) < known;
        if (!lacks) lineage = now;
        return lacks;
    }

    /** Whether the log was not said to have been brought back since it was looked at first. */
    synchronized boolean isOf(long now) {
        if (lineage == null) lineage = now;
        return lineage == now;
    }

    synchronized @Nullable Event get() {
        return last;
    }

    synchronized void committed(Packet packet) {
        long[] checks = packet.leafChecks();
        if (checks.length > 0)
            advance(new Event(packet.after().size() - 1, checks[checks.length - 1]));
    }

    synchronized void advance(Event event) {
        if (last == null || event.position() > last.position()) last = event;
    }
}
