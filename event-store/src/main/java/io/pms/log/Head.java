package io.pms.log;

/**
 * Where a log ends.
 *
 * @param origin names the log and its history; a log restored to the past has another one
 * @param size number of events; the next position
 * @param epoch grows by one with every fence
 * @param recordedTimeMicros recorded time of the last event, 0 when there is none
 * @param root RFC 6962 Merkle root over all entries, 32 bytes
 */
public record Head(
        int logId, String origin, long size, long epoch, long recordedTimeMicros, byte[] root) {}
