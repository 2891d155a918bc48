package io.pms.archive.api;

import io.pms.http.Problem;
import io.pms.log.EventLog;

/** Positions that no checkpoint covers. */
final class Unproved {
    private Unproved() {}

    /**
     * Why: 409 when the archive will have it in a moment, 404 when the log does not have it either.
     */
    static Problem at(long position, EventLog log, Published newest) {
        return position < log.head().size() ? notArchivedYet(position, newest) : noEvent(position);
    }

    static Problem notArchivedYet(long position, Published newest) {
        return new Problem(
                        409,
                        "not-archived-yet",
                        "Not archived yet",
                        "the event at position "
                                + position
                                + " is stored, and will be behind the next checkpoint; this one has "
                                + newest.size()
                                + " entries")
                .retryAfter(1);
    }

    static Problem noEvent(long position) {
        return new Problem(
                404,
                "not-found",
                "Not found",
                "there is no event at position " + position + " in this organisation");
    }
}
