package io.pms.archive;

import io.pms.log.EventLog;
import io.pms.log.Head;
import io.pms.objects.ObjectStore;
import io.pms.tlog.Hash;
import io.pms.tlog.NoteVerifier;
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

    /** How long somebody else may have been gone before this process takes over, and a bit. */
    private static final Duration STANDBY = Duration.ofSeconds(1);

    private static final long UNKNOWN = -1;
    private static final long FAILED = -2;

    private final EventLog log;
    private final ObjectStore store;
    private final Function<String, LogKeys> keys;
    private final ArchiveLease lease;
    private final ArchiveState state;
    private final ArchiveStatus status;
    private final Duration interval;
    private final Setbacks setbacks;
    private final Thread thread;
    private long known;
    private long noted = UNKNOWN;
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
        this.setbacks = new Setbacks(status);
        this.thread = Thread.ofPlatform().name("archiver").unstarted(this::runAndLetGo);
    }

    void start() {
        thread.start();
    }

    /** What verifies the checkpoints that this process signs, as C2SP signed-note writes keys. */
    public List<String> verifierKeys() {
        return keys.apply(log.head().origin()).verifiers().stream()
                .map(NoteVerifier::text)
                .toList();
    }

    /** Whatever ends it, another process can go on. */
    private void runAndLetGo() {
        try {
            run();
        } finally {
            lease.close();
        }
    }

    private void run() {
        while (!closing) {
            try {
                Thread.sleep(attempt());
            } catch (InterruptedException e) {
                return; // closing
            }
        }
    }

    /** Archives if it is this process's turn; answers how long to wait before the next time. */
    private Duration attempt() throws InterruptedException {
        try {
            if (lease.hold()) archive();
            return STANDBY;
        } catch (RuntimeException e) {
            if (closing) throw new InterruptedException();
            lease.close(); // perhaps another process can
            return setbacks.failed(e);
        } finally {
            status.active(false);
        }
    }

    /** Until the lease is lost or something goes wrong. */
    private void archive() throws InterruptedException {
        String origin = log.head().origin();
        LogKeys signing = keys.apply(origin);
        try (ArchiveWriter writer = ArchiveWriter.resume(store, signing, known)) {
            signing.publish(store);
            Consistency.require(log, writer.size(), new Archive(store).lastEntries(writer.size()));
            if (!writer.isSignedByAll()) round(writer, origin);
            status.active(true);
            resumed(writer);
            while (!closing && lease.hold()) {
                note(writer.published());
                if (log.awaitBeyond(writer.size(), STANDBY) <= writer.size()) continue;
                long begun = System.nanoTime();
                round(writer, origin);
                pace(begun);
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
        requireSameRoot(writer, head);
        writer.publish();
        setbacks.overcome();
        status.published(writer.published());
        note(writer.published());
    }

    /** What was wrong may still be, unless everything is in the archive. */
    private void resumed(ArchiveWriter writer) {
        noted = UNKNOWN; // another process may have noted something
        Head head = log.head();
        if (head.size() == writer.published()) {
            requireSameRoot(writer, head);
            status.published(writer.published());
        } else status.resumed(writer.published());
        note(writer.published());
    }

    private static void requireSameRoot(ArchiveWriter writer, Head head) {
        if (!writer.root().equals(Hash.of(head.root())))
            throw new ForkException(
                    "log and archive have other roots at %,d events: their histories differ before position %,d, or events were changed since"
                            .formatted(head.size(), writer.published()));
    }

    /** Until it is noted: others know how far the archive is by that alone. */
    private void note(long entries) {
        known = entries;
        if (noted == entries) return;
        try {
            state.write(entries);
            noted = entries;
        } catch (SQLException e) {
            if (noted != FAILED)
                LOGGER.warn("cannot note how far the archive is; trying again: {}", e.getMessage());
            noted = FAILED;
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
