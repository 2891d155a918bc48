package io.pms.query.live;

import java.util.List;

/** What there is for a client after the position where it is. */
sealed interface Next {
    /**
     * Events of its organisation, oldest first; none when it had to wait for too long.
     *
     * @param upTo its organisation has no others up to this position
     */
    record Events(List<LiveEvent> events, long upTo) implements Next {}

    /** It has fallen behind: what comes next is not kept any more, or never was. */
    record Missed() implements Next {}

    /** There will be nothing: the process ends. */
    record End() implements Next {}
}
