package io.pms.log;

import java.time.Duration;

/**
 * Bounds and timeouts of one log.
 *
 * @param logId which log of the database; 0 to 65,535
 * @param maxBatchEvents events a transaction, except where one unit alone has more: bounds how long
 *     others wait
 * @param maxBatchBytes bytes of SQL a transaction; the server's max_allowed_packet bounds it too
 * @param maxUnitEvents events a unit
 * @param maxQueuedUnits units that wait for the committer; beyond it appends are refused, so that
 *     memory is bounded
 * @param gatherTimeout how long a batch waits for appends that are likely to arrive
 * @param socketTimeout after this without an answer an append's outcome is unknown, and the
 *     database does not answer whoever reads
 * @param resolveTimeout how long the outcome of an append is looked for before the client is told
 *     that it is unknown
 * @param pollInterval how often the head is read while somebody waits for events of other processes
 * @param readConnections connections for reading
 */
public record LogSettings(
        int logId,
        int maxBatchEvents,
        int maxBatchBytes,
        int maxUnitEvents,
        int maxQueuedUnits,
        Duration gatherTimeout,
        Duration socketTimeout,
        Duration resolveTimeout,
        Duration pollInterval,
        int readConnections) {

    public static LogSettings defaults() {
        return new LogSettings(
                0,
                1_000,
                8 << 20,
                5_000,
                20_000,
                Duration.ofNanos(1_500_000),
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                Duration.ofMillis(100),
                8);
    }

    public LogSettings withLogId(int id) {
        return new LogSettings(
                id,
                maxBatchEvents,
                maxBatchBytes,
                maxUnitEvents,
                maxQueuedUnits,
                gatherTimeout,
                socketTimeout,
                resolveTimeout,
                pollInterval,
                readConnections);
    }

    public LogSettings withTimeouts(Duration socket, Duration resolve) {
        return new LogSettings(
                logId,
                maxBatchEvents,
                maxBatchBytes,
                maxUnitEvents,
                maxQueuedUnits,
                gatherTimeout,
                socket,
                resolve,
                pollInterval,
                readConnections);
    }
}
