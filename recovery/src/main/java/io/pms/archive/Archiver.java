package io.pms.archive;

import io.pms.archive.witness.QuorumException;
import io.pms.log.EventLog;
import io.pms.log.Head;
import io.pms.log.LogUnavailableException;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreException;
import io.pms.tlog.FormatException;
import io.pms.tlog.Hash;
import io.pms.tlog.MissingTileException;
import io.pms.tlog.NoteVerifier;
import io.pms.tlog.ProofException;
import io.pms.tlog.UntrustedNoteException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log and archives it, where no other process does.
 *
 * <p>A round takes what was appended since the last one, and ends where the log's head was when it
 * began: so the archive's root is compared with the log's own before it is signed, and a log that
 * is not the archive's is found out before anything is published. With nothing to archive it writes
 * nothing, unless its keys were replaced: then the newest checkpoint is signed with those of now.
 */
public final class Archiver implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Archiver.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /** How long somebody else may have been gone before this process takes over, and a bit. */
    private static final Duration STANDBY = Duration.ofSeconds(1);

    private final EventLog log;
    private final ObjectStore store;
    private final Function<String, LogKeys> keys;
    private final ArchiveLease lease;
    private final ArchiveState state;
    private final ArchiveStatus status;
    private final Duration interval;
    private final Thread thread;
    private volatile boolean closing;

    /**
     * @param keys for the log with this origin
     * @param interval the least time between checkpoints; writes cost money
     */
    Archiver(
            EventLog log,
            ObjectStore store,
            Function<String, LogKeys> keys,
            ArchiveLease lease,
            ArchiveState state,
            ArchiveStatus status,
            Duration interval) {
        this.log = log;
        this.store = store;
        this.keys = keys;
        this.lease = lease;
        this.state = state;
        this.status = status;
        this.interval = interval;
        this.thread = Thread.ofPlatform().name("archiver").unstarted(this::runAndLetGo);
    }

    void start() {
        thread.start();
    }

    /** What verifies the checkpoints that this process signs, as C2SP signed-note writes keys. */
    public List<String> verifierKeys() {
        return keys.apply(log.head().origin()).verifiers().stream().map(NoteVerifier::text).toList();
    }

    /** Whatever ends it, another process can go on. */
    private void runAndLetGo() {
        try {
            run();
        } finally {
            status.active(false);
            lease.close();
        }
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (!closing) {
            try {
                if (lease.hold()) archive();
                pause = FIRST_PAUSE;
                status.active(false);
                Thread.sleep(STANDBY);
            } catch (InterruptedException e) {
                return; // closing
            } catch (RuntimeException e) {
                status.active(false);
                lease.close(); // perhaps another process can
                failed(e);
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException interrupted) {
                    return;
                }
                pause = pause.multipliedBy(2);
                if (pause.compareTo(LONGEST_PAUSE) > 0) pause = LONGEST_PAUSE;
            }
        }
    }

    private void failed(RuntimeException e) {
        boolean isFork =
                e instanceof ForkException
                        || e instanceof UntrustedNoteException
                        || e instanceof ProofException
                        || e instanceof FormatException
                        || e instanceof MissingTileException;
        status.failed(String.valueOf(e.getMessage()), isFork);
        if (isFork)
            LOGGER.error("the archive and the log contradict each other; nothing is archived", e);
        else if (isExpected(e)) LOGGER.warn("archiving is interrupted: {}", e.getMessage());
        else LOGGER.error("archiving has failed; trying again", e);
    }

    private static boolean isExpected(RuntimeException e) {
        return e instanceof ObjectStoreException
                || e instanceof LogUnavailableException
                || e instanceof QuorumException
                || e instanceof SupersededException;
    }

    /** Until the lease is lost or something goes wrong. */
    private void archive() throws InterruptedException {
        String origin = log.head().origin();
        LogKeys signing = keys.apply(origin);
        try (ArchiveWriter writer = ArchiveWriter.resume(store, signing)) {
            signing.publish(store);
            Consistency.require(log, writer.size(), new Archive(store).lastEntries(writer.size()));
            published(writer.published());
            if (!writer.isSignedByAll()) round(writer, origin);
            status.active(true);
            while (!closing && lease.hold()) {
                long begun = System.nanoTime();
                if (log.awaitBeyond(writer.size(), STANDBY) > writer.size()) {
                    round(writer, origin);
                    pace(begun);
                }
            }
        }
    }

    private void pace(long begun) throws InterruptedException {
        Duration rest = interval.minusNanos(System.nanoTime() - begun);
        if (rest.isPositive()) Thread.sleep(rest);
    }

    private void round(ArchiveWriter writer, String origin) throws InterruptedException {
        Head head = log.head();
        if (head.size() < writer.size()) Consistency.require(log, writer.size(), List.of());
        if (!head.origin().equals(origin))
            throw new ForkException("the log is another one now: " + head.origin());
        if (head.size() == writer.published() && writer.isSignedByAll()) { // it had more
            Thread.sleep(STANDBY);
            return;
        }
        while (writer.size() < head.size()) {
            if (closing) return; // what is written is found again
            writer.append(log, head.size());
        }
        if (!writer.root().equals(Hash.of(head.root())))
            throw new ForkException(
                    "log and archive have other roots at %,d events: their histories differ before position %,d, or events were changed since"
                            .formatted(head.size(), writer.published()));
        writer.publish();
        published(writer.published());
    }

    private void published(long entries) {
        status.published(entries);
        try {
            state.write(entries);
        } catch (SQLException e) {
            LOGGER.warn("cannot note how far the archive is: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lease.close();
        state.close();
    }
}
