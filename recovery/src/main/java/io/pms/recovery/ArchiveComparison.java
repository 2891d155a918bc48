package io.pms.recovery;

import io.pms.archive.TrustedArchive;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogComparison;
import io.pms.log.LogHeads;
import io.pms.log.LogVerifier;
import java.util.Optional;
import java.util.OptionalLong;

/** A database against an archive: it must begin with all that the archive has. */
public final class ArchiveComparison {
    private final TrustedArchive archive;
    private final DatabaseUrl url;
    private final int logId;

    public ArchiveComparison(TrustedArchive archive, DatabaseUrl url, int logId) {
        this.archive = archive;
        this.url = url;
        this.logId = logId;
    }

    /**
     * What is wrong; empty when each event of the archive is the database's at its position. The
     * database may be longer.
     *
     * @throws io.pms.log.LogUnavailableException when the database cannot be reached
     */
    public Optional<String> problem(LogVerifier.Progress progress) {
        var head = LogHeads.find(url, logId);
        if (head.isEmpty()) return Optional.of("log %d is not in the database".formatted(logId));
        String origin = archive.checkpoint().origin();
        if (!head.get().origin().equals(origin))
            return Optional.of(
                    "the database has the log %s, and the archive is of %s"
                            .formatted(head.get().origin(), origin));
        long common = Math.min(head.get().size(), archive.size());
        OptionalLong first =
                LogComparison.firstDifference(
                        url, logId, common, new SignedTree(archive), progress);
        if (first.isPresent())
            return Optional.of(
                    "position %,d: the database has another event than the archive"
                            .formatted(first.getAsLong()));
        if (head.get().size() >= archive.size()) return Optional.empty();
        return Optional.of(
                "the database ends at %,d events and its archive has %,d: it has lost some; see ./pms restore --roll-forward"
                        .formatted(head.get().size(), archive.size()));
    }
}
