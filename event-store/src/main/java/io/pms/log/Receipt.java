package io.pms.log;

import org.jspecify.annotations.Nullable;

/**
 * What an accepted command was answered.
 *
 * @param aggregateId the aggregate it changed
 * @param sequence that aggregate's last sequence after it
 * @param position position of its last event; for a command without events, the last position
 *     before it, -1 if none
 * @param bodyHash SHA-256 of the command's body, kept for 24 hours; null afterwards
 */
public record Receipt(
        String aggregateId, long sequence, long position, byte @Nullable [] bodyHash) {}
