package io.pms.entry;

import io.pms.event.Event;

/**
 * Which record an event type's name and revision stands for, and how its data is written.
 * Thread-safe.
 */
public interface EventTypes {
    /** For example {@code pms.task.TaskRenamed.v1}. */
    String typeOf(Event event);

    /**
     * The data's bytes: JSON, UTF-8, members in the record's order, absent ones omitted, decimals
     * as strings.
     */
    byte[] write(Event event);

    /**
     * The event that data of this type means, brought to the current revision by upcasters.
     *
     * @throws UnknownEventTypeException when no record has this name and revision
     */
    Event read(String type, byte[] data);

    /**
     * The record that {@link #read} makes of data of this type.
     *
     * @throws UnknownEventTypeException as {@link #read}
     */
    Class<? extends Event> recordOf(String type);

    /** Whether {@link #read} knows the type. */
    boolean knows(String type);
}
