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
     * Whether the log has lost events, or was brought back, since this process knew it last, and
     * may lack some that it has heard of and not read.
     *
     * @param known a size that the log has had
     */
    synchronized boolean mayLack(long now, long known) {
        return !isOf(now) && (last == null ? 0 : last.position() + 1) < known;
    }

    /** Whether nobody has said, since this process knew the log last, that it has lost events. */
    synchronized boolean isOf(long now) {
        if (lineage == null) lineage = now;
        return lineage == now;
    }

    /** The log has all that this process knows, whatever was said of it. */
    synchronized void hasAllOf(long now) {
        lineage = now;
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
