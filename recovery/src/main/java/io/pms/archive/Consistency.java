package io.pms.archive;

import io.pms.entry.Entry;
import io.pms.entry.EntryCodec;
import io.pms.log.EventLog;
import io.pms.log.Head;
import java.util.Arrays;
import java.util.List;

/** Whether a log can be what an archive was made from. */
final class Consistency {
    private Consistency() {}

    /**
     * Compares sizes and the archive's last entries. That two histories have the same last entries
     * and differ before is found when the roots are compared, with the next checkpoint.
     *
     * @param size of the archive
     * @param last its last entries
     * @throws ForkException when the log is shorter or another
     */
    static void require(EventLog log, long size, List<byte[]> last) {
        Head head = log.head();
        if (head.size() < size)
            throw new ForkException(
                    "the log has %,d events and its archive %,d: it has lost some; stop everything that writes and get them back with ./pms restore --roll-forward"
                            .formatted(head.size(), size));
        if (last.isEmpty()) return;
        List<Entry> entries = log.read(size - last.size(), last.size());
        for (int i = 0; i < last.size(); i++)
            if (!Arrays.equals(EntryCodec.encode(entries.get(i)), last.get(i)))
                throw new ForkException(
                        "log and archive differ at position %,d, or before it"
                                .formatted(entries.get(i).position()));
    }
}
