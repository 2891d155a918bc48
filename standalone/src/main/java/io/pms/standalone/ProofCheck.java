package io.pms.standalone;

import io.pms.archive.TrustedArchive;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.TlogProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event, by a proof that somebody was given. */
final class ProofCheck {
    private final @Nullable Path proof;
    private final @Nullable Path entry;
    private final List<String> keys;

    ProofCheck(@Nullable Path proof, @Nullable Path entry, List<String> keys) {
        this.proof = proof;
        this.entry = entry;
        this.keys = keys;
    }

    int run() throws IOException {
        if (proof == null || entry == null || keys.isEmpty())
            throw new IllegalArgumentException("a proof needs --proof, --entry and --key");
        TlogProof decoded = TlogProof.decode(Files.readAllBytes(proof));
        Checkpoint checkpoint =
                decoded.verify(
                        Files.readAllBytes(entry), TrustedArchive.trust(ArchivePlace.parse(keys)));
        System.out.printf(
                "the event is at position %,d of %s, which had %,d events%n",
                decoded.index(), checkpoint.origin(), checkpoint.size());
        return 0;
    }
}
