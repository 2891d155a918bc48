package io.pms.log;

/**
 * Where a log ends.
 *
 * @param origin names the log and its history; a log restored to the past has another one
 * @param size number of events; the next position
 * @param epoch grows by one with every fence
 * @param recordedTimeMicros recorded time of the last event, 0 when there is none
 * @param root RFC 6962 Merkle root over all entries, 32 bytes
 * @param lineage another one after each recovery of this database and after each loss that a writer
 *     noticed, 0 before the first
 */
public record Head(
        int logId,
        String origin,
        long size,
        long epoch,
        long recordedTimeMicros,
        byte[] root,
        long lineage) {
    /**
     * Names what positions belong to that somebody keeps elsewhere. A log that was restored or
     * rolled forward may lack the last events that were read before, and has another history then,
     * though its origin is the same.
     */
    public String history() {
        return lineage == 0 ? origin : origin + "#" + Long.toHexString(lineage);
    }
}
