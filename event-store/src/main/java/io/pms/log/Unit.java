package io.pms.log;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is appended together: the events of one unit of work, and the command that they answer.
 *
 * @param events in order; may be empty only when there is a command, which then leaves just its
 *     receipt
 * @param command null for events that no command caused
 */
public record Unit(List<NewEvent> events, @Nullable CommandStamp command) {
    public Unit {
        events = List.copyOf(events);
        if (events.isEmpty() && command == null)
            throw new IllegalArgumentException("a unit needs events or a command");
    }

    /**
     * The command behind a unit. Its id makes the ids of the unit's events, so that a command is
     * accepted once, for ever.
     *
     * @param id first 16 bytes of SHA-256(tenant ‖ 0 ‖ idempotency key)
     * @param bodyHash SHA-256 of the command's body, kept for 24 hours
     * @param aggregateId the aggregate that the command was for, kept for commands without events
     * @param sequence that aggregate's last sequence as the command saw it, for commands without
     *     events; -1 for none
     */
    public record CommandStamp(
            UUID id, byte @Nullable [] bodyHash, String aggregateId, long sequence) {}
}
