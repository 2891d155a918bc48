package io.pms.imports.history;

import io.pms.event.SourceAttribute;
import java.util.List;

/**
 * A trace as the file says, and the line it starts in.
 *
 * @param chars the length of its texts
 */
record XesTrace(int line, List<SourceAttribute> attributes, List<XesEvent> events, long chars) {
    XesTrace {
        attributes = List.copyOf(attributes);
        events = List.copyOf(events);
    }
}
