package io.pms.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.entry.EntryCodec;
import io.pms.log.Head;
import io.pms.log.LogVerifier;
import io.pms.log.MerkleFrontier;
import io.pms.objects.ObjectStore;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.Hash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must hold of an archive and its log, whatever happened to either. */
final class OneHistory {
    private OneHistory() {}

    /** All of the log is in the archive and behind its checkpoint, and nothing else is there. */
    static void requireAll(SampleLog log, ObjectStore store) {
        Head head = log.log().head();
        Checkpoint checkpoint = require(log, store);
        assertThat(checkpoint.size()).isEqualTo(head.size());
        assertThat(checkpoint.root()).isEqualTo(Hash.of(head.root()));
    }

    /** What the archive's checkpoint covers is whole, and what the log has. */
    static Checkpoint require(SampleLog log, ObjectStore store) {
        LogKeys keys = LogKeys.ofSeeds(log.log().head().origin(), List.of(ArchivingProcess.SEED));
        ArchiveVerifier.Result result =
                ArchiveVerifier.verify(
                        new Archive(store), keys.verifiers(), LogVerifier.Progress.NONE);
        assertThat(result.damages()).isEmpty();
        requirePrefixes(log, List.of(result.checkpoint()));
        return result.checkpoint();
    }

    /** Each of them is of the log at some time: nobody ever holds one that is of another. */
    static void requirePrefixes(SampleLog log, List<Checkpoint> checkpoints) {
        Map<Long, Hash> roots = new HashMap<>();
        MerkleFrontier tree = new MerkleFrontier();
        roots.put(0L, Hash.of(tree.root()));
        log.log().stream(
                0,
                entry -> {
                    tree.append(EntryCodec.encode(entry));
                    roots.put(tree.size(), Hash.of(tree.root()));
                });
        assertThat(checkpoints)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.root()).isEqualTo(roots.get(each.size())));
    }
}
