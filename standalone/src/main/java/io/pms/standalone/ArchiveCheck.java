package io.pms.standalone;

import io.pms.archive.Archive;
import io.pms.archive.ArchiveVerifier;
import io.pms.archive.TrustedArchive;
import io.pms.log.DatabaseUrl;
import io.pms.recovery.ArchiveComparison;
import io.pms.tlog.NoteVerifier;
import java.util.List;
import java.util.Optional;

/** An archive by itself, and a database against it. */
final class ArchiveCheck {
    private final Archive archive;
    private final List<NoteVerifier> keys;
    private int logId;

    ArchiveCheck(Archive archive, List<NoteVerifier> keys) {
        this.archive = archive;
        this.keys = keys;
    }

    /** What is wrong with the archive. */
    List<String> verify() {
        ProgressBar bar = new ProgressBar(System.err, System.console() != null);
        ArchiveVerifier.Result result =
                ArchiveVerifier.verify(
                        archive, keys, (done, all) -> bar.show("verifying archive", done, all));
        bar.end();
        logId = result.logId();
        System.out.printf(
                "archive of %s: %,d events, root %s%n",
                result.checkpoint().origin(),
                result.checkpoint().size(),
                result.checkpoint().root());
        if (result.ahead() > 0)
            Progress.say(
                    result.ahead()
                            + " objects are ahead of the checkpoint: an archiver is at work, or has stopped; they were not verified");
        return result.damages().stream().map(damage -> "archive: " + damage).toList();
    }

    /** What the database has that the archive has not signed. */
    List<String> compare(DatabaseUrl url) {
        ProgressBar bar = new ProgressBar(System.err, System.console() != null);
        Optional<String> problem =
                new ArchiveComparison(TrustedArchive.open(archive, keys), url, logId)
                        .problem((done, all) -> bar.show("comparing", done, all));
        bar.end();
        return problem.stream().toList();
    }
}
