package io.pms.bench.torture;

import io.pms.entry.CommandIds;
import java.util.Locale;
import java.util.UUID;

/** Names a unit, so that it can be repeated: the ids of its events follow from it. */
record Key(Kind kind, String text) {
    private static final String TENANT = "torture";

    /** What carries the key: a command, or just the ids of events. */
    enum Kind {
        COMMAND,
        EVENTS
    }

    /** Of the command, and of the first event. */
    UUID id() {
        return CommandIds.commandId(TENANT, toString());
    }

    String eventId(int index) {
        return CommandIds.eventId(id(), index).toString();
    }

    static Key parse(String line) {
        int colon = line.indexOf(':');
        return new Key(
                Kind.valueOf(line.substring(0, colon).toUpperCase(Locale.ROOT)),
                line.substring(colon + 1));
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + ":" + text;
    }
}
