package io.pms.archive;

import io.pms.log.Durability;
import io.pms.log.NotArchivedException;
import java.time.Duration;

/** An event is safe when it is behind a published checkpoint of the archive: RPO 0. */
final class ArchivedDurability implements Durability {
    private final ArchiveStatus status;
    private final Duration timeout;

    /**
     * @param timeout how long a command waits
     */
    ArchivedDurability(ArchiveStatus status, Duration timeout) {
        this.status = status;
        this.timeout = timeout;
    }

    @Override
    public void await(long position) {
        try {
            if (status.awaitBeyond(position, timeout)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String problem = status.problem();
        throw new NotArchivedException(
                "position "
                        + position
                        + " is not in the archive after "
                        + timeout.toMillis()
                        + " ms"
                        + (problem == null ? "" : " (" + problem + ")"));
    }
}
