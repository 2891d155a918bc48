package io.pms.recovery;

import io.pms.archive.DamagedArchiveException;
import io.pms.archive.TrustedArchive;
import io.pms.log.DatabaseUrl;
import io.pms.log.Head;
import io.pms.log.LogComparison;
import io.pms.log.LogContinuation;
import io.pms.log.LogVerifier;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.ConsistencyProof;
import io.pms.tlog.Hash;
import io.pms.tlog.ProofException;
import io.pms.tlog.TilePath;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Brings a database that came back shorter than its archive up to it: what is missing is appended
 * byte for byte, once it is proved that the archive begins with what the database has.
 */
public final class RollForward {
    /** Each packet is one flush of the disk. */
    private static final int ENTRIES_AT_ONCE = 1_000;

    private final TrustedArchive archive;
    private final DatabaseUrl url;
    private final int logId;
    private final Restore.Progress progress;

    /**
     * @param url with an account that may append
     */
    public RollForward(
            TrustedArchive archive, DatabaseUrl url, int logId, Restore.Progress progress) {
        this.archive = archive;
        this.url = url;
        this.logId = logId;
        this.progress = progress;
    }

    /**
     * @param before events that the database had
     * @param after events that it has now
     * @param archived events that the archive has
     * @param damage that kept the rest from being appended; null when there is none
     */
    public record Outcome(long before, long after, long archived, @Nullable String damage) {}

    /**
     * Appends what is missing. The log is shut meanwhile, and what other processes had under way is
     * fenced off. Run again after a failure it goes on where it was; before that, nobody appends.
     *
     * @param despiteDamage to let the log go on without what the archive has lost, and all behind
     *     that
     * @throws IllegalStateException when the database has another log or another history, naming
     *     the first position that differs; it is left as it was
     * @throws DamagedArchiveException when the archive is not what was signed
     */
    public Outcome run(boolean despiteDamage) {
        long end = archive.checkpoint().size();
        try (LogContinuation log = LogContinuation.begin(url, logId)) {
            Head before = log.head();
            requireSameHistory(before);
            String damage = before.size() < end ? bringBack(log, despiteDamage) : null;
            log.open();
            return new Outcome(before.size(), log.head().size(), end, damage);
        }
    }

    private @Nullable String bringBack(LogContinuation log, boolean despiteDamage) {
        log.shut();
        try {
            requireSameHistory(log.head());
        } catch (RuntimeException e) {
            log.open(); // somebody has appended before it was shut
            throw e;
        }
        long end = archive.checkpoint().size();
        try {
            while (log.head().size() < end) {
                log.append(entries(log.head().size(), despiteDamage ? 1 : ENTRIES_AT_ONCE));
                progress.show("rolling forward", log.head().size(), end);
            }
            return null;
        } catch (DamagedArchiveException e) {
            if (!despiteDamage) throw e;
            return e.getMessage();
        }
    }

    /** Those from a position on, to the end of the first bundle that makes enough of them. */
    private List<byte[]> entries(long position, int enough) {
        List<byte[]> entries = new ArrayList<>();
        long at = position;
        while (at < archive.size() && entries.size() < enough) {
            List<byte[]> bundle = archive.entries(at / TilePath.FULL_WIDTH);
            entries.addAll(bundle.subList((int) (at % TilePath.FULL_WIDTH), bundle.size()));
            at = position + entries.size();
        }
        return entries;
    }

    private void requireSameHistory(Head head) {
        Checkpoint end = archive.checkpoint();
        if (!head.origin().equals(end.origin()))
            throw new IllegalStateException(
                    "the database has the log %s, and the archive is of %s"
                            .formatted(head.origin(), end.origin()));
        if (head.size() <= end.size()) requireConsistent(head);
        else
            difference(end.size())
                    .ifPresent(first -> {
                        throw differ(first);
                    });
    }

    private static IllegalStateException differ(long first) {
        return new IllegalStateException(
                "the database and its archive differ from position %,d on: find out which is right before anything is appended"
                        .formatted(first));
    }

    private void requireConsistent(Head head) {
        Checkpoint end = archive.checkpoint();
        try {
            ConsistencyProof.build(head.size(), end.size(), archive.hashes())
                    .verify(Hash.of(head.root()), end.root());
        } catch (ProofException e) {
            OptionalLong first = difference(head.size());
            if (first.isPresent()) throw differ(first.getAsLong());
            throw new IllegalStateException(
                    "the head of the database is not that of its events, which are the archive's; see ./pms verify",
                    e);
        }
    }

    private OptionalLong difference(long size) {
        LogVerifier.Progress comparing = (done, all) -> progress.show("comparing", done, all);
        return LogComparison.firstDifference(url, logId, size, new SignedTree(archive), comparing);
    }
}
