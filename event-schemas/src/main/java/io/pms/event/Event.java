package io.pms.event;

/**
 * A fact that a command established. Its data says from and to, so that readers can fold it without
 * reading first.
 *
 * <p>Who, when, why and for which organisation are not in the data but in the entry's attributes.
 */
public sealed interface Event permits ProjectEvent, TaskEvent, PersonEvent, LogEvent {
    /** The aggregate that the event belongs to: the entry's {@code subject}. */
    String aggregateId();
}
