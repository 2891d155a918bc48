package io.pms.archive;

import io.pms.log.EventLog;
import io.pms.objects.ObjectStoreException;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.SignedNote;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a process from starting on a log that its archive knows better: one that has lost events,
 * or is another. Else commands would begin a second history.
 */
final class ArchiveGuard {
    private static final Logger LOGGER = LoggerFactory.getLogger(ArchiveGuard.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private ArchiveGuard() {}

    /**
     * @param patience how long an archive that does not answer is asked again
     * @throws IllegalStateException when the process must not start, saying what to do
     */
    static void check(EventLog log, Archive archive, Duration patience) {
        try {
            Optional<SignedNote> note = checkpoint(archive, patience);
            if (note.isEmpty()) return;
            Checkpoint checkpoint = Checkpoint.parse(note.get().text());
            requireOrigin(log, checkpoint);
            Consistency.require(log, checkpoint.size(), archive.lastEntries(checkpoint.size()));
        } catch (ForkException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /**
     * Before a log is made where there is none: the database may have been lost.
     *
     * @throws IllegalStateException when there is an archive already, saying what to do
     */
    static void requireNoArchive(Archive archive, Duration patience) {
        Optional<SignedNote> note = checkpoint(archive, patience);
        if (note.isEmpty()) return;
        Checkpoint checkpoint = Checkpoint.parse(note.get().text());
        throw new IllegalStateException(
                "the database has no log, and PMS_ARCHIVE_URL has %,d events of %s: if they are what it has lost, run ./pms restore --to latest; else give the new log a place of its own"
                        .formatted(checkpoint.size(), checkpoint.origin()));
    }

    private static void requireOrigin(EventLog log, Checkpoint checkpoint) {
        String origin = log.head().origin();
        if (!checkpoint.origin().equals(origin) && log.head().size() == 0)
            throw new IllegalStateException(
                    "the database has an empty log of its own and PMS_ARCHIVE_URL %,d events of %s: if they are what the database has lost, drop and create it, then ./pms restore --to latest"
                            .formatted(checkpoint.size(), checkpoint.origin()));
        if (!checkpoint.origin().equals(origin))
            throw new IllegalStateException(
                    "PMS_ARCHIVE_URL has the archive of "
                            + checkpoint.origin()
                            + ", and the database the log "
                            + origin
                            + ": each log needs a place of its own");
    }

    private static Optional<SignedNote> checkpoint(Archive archive, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return archive.checkpoint();
            } catch (ObjectStoreException e) {
                if (!e.retryable() || System.nanoTime() > end)
                    throw new IllegalStateException(
                            "cannot look into the archive, which may know events that the database has lost: "
                                    + e.getMessage()
                                    + "; PMS_ARCHIVE_CHECK=false starts without looking",
                            e);
                LOGGER.warn("the archive does not answer; trying again: {}", e.getMessage());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
