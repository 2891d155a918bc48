package io.pms.log;

import java.util.Map;

/** What became of one packet. */
sealed interface Attempt {
    /** All of it is durable, and the head is what it says. */
    record Stored(Packet packet) implements Attempt {}

    /** Nothing of it is stored: another writer was first. */
    record Stale() implements Attempt {}

    /** Nothing of it is stored: the database asks to try again. */
    record Again(Exception cause) implements Attempt {}

    /** Nothing of it is stored, because of these units alone. */
    record Taken(Map<PreparedUnit, RuntimeException> losers) implements Attempt {}

    /** Nothing of it is stored, and trying again does not help. */
    record Refused(RuntimeException cause) implements Attempt {}

    /** It may be stored, now or in a moment. */
    record Unknown(Packet sent, Exception cause) implements Attempt {}
}
