package io.pms.log.seal;

import io.pms.event.Event;

/** What is done with events on their way into the log. Thread-safe. */
public interface Sealing {
    /** Stores texts as they are; for logs without people. */
    Sealing NONE =
            new Sealing() {
                @Override
                public Event seal(String tenant, Event event) {
                    return event;
                }

                @Override
                public void stored(String tenant, Event event, long position) {}
            };

    /**
     * The event with its personal texts encrypted; itself when it has none.
     *
     * @throws PersonErasedException when a text is of somebody who was erased
     * @throws io.pms.log.LogUnavailableException when a key cannot be had
     */
    Event seal(String tenant, Event event);

    /** The event is durable. Fails never: what follows from it will be done all the same. */
    void stored(String tenant, Event event, long position);
}
