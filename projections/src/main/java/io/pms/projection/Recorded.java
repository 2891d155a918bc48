package io.pms.projection;

import io.pms.entry.Entry;
import io.pms.event.Event;

/** An event and the entry that records it. */
public record Recorded(Entry entry, Event event) {
    /** The organisation; events without one belong to the organisation without a name. */
    public String tenant() {
        return entry.tenant() == null ? "" : entry.tenant();
    }
}
