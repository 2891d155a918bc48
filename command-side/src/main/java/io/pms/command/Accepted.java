package io.pms.command;

/**
 * The answer to an accepted command.
 *
 * @param aggregateId what it created or changed
 * @param sequence the aggregate's last sequence after it; its entity tag
 * @param position position of its last event; wait for it in queries to read your own write
 * @param replayed whether the command had been accepted before and this is its first answer again
 */
public record Accepted(String aggregateId, long sequence, long position, boolean replayed) {}
