package io.pms.imports.history;

import io.pms.event.SourceAttribute;
import java.util.List;

/** An event as the file says, and the line it starts in. */
record XesEvent(int line, List<SourceAttribute> attributes) {
    XesEvent {
        attributes = List.copyOf(attributes);
    }
}
