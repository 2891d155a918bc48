package io.pms.archive;

import io.pms.log.EventLog;
import io.pms.log.Head;
import io.pms.objects.ObjectStore;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.Hash;
import java.util.List;

/** Archives once what a log has now, for whoever does not want to follow it. */
public final class ArchiveCopy {
    private ArchiveCopy() {}

    /**
     * Goes on where the archive ends.
     *
     * @param seeds of the keys that sign, 32 bytes each
     * @return the checkpoint that is published
     * @throws ForkException when the archive is not this log's
     */
    public static Checkpoint write(EventLog log, ObjectStore store, List<byte[]> seeds) {
        Head head = log.head();
        LogKeys keys = LogKeys.ofSeeds(head.origin(), seeds);
        try (ArchiveWriter writer = ArchiveWriter.resume(store, keys)) {
            keys.publish(store);
            while (writer.size() < head.size()) writer.append(log, head.size());
            if (!writer.root().equals(Hash.of(head.root())))
                throw new ForkException("log and archive have different histories");
            return writer.publish();
        }
    }
}
