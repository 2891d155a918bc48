package io.pms.standalone;

import io.pms.archive.TrustedArchive;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.ConsistencyProof;
import io.pms.tlog.LogTrust;
import io.pms.tlog.NoteVerifier;
import io.pms.tlog.SignedNote;
import io.pms.tlog.TileHashSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Two checkpoints: that the log only grew from one to the other. */
final class CheckpointCheck {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final ArchivePlace place;
    private final List<String> keys;

    CheckpointCheck(ArchivePlace place, List<String> keys) {
        this.place = place;
        this.keys = keys;
    }

    int run(List<String> checkpoints) throws IOException {
        if (checkpoints.size() != 2)
            throw new IllegalArgumentException("--checkpoint comes twice: the older and the newer");
        List<NoteVerifier> known = place.keys(keys);
        LogTrust trust = TrustedArchive.trust(known);
        Checkpoint first = trust.open(SignedNote.decode(read(checkpoints.getFirst())));
        Checkpoint second = trust.open(SignedNote.decode(read(checkpoints.getLast())));
        List<Checkpoint> both =
                Stream.of(first, second)
                        .sorted(Comparator.comparingLong(Checkpoint::size))
                        .toList();
        prove(both.getFirst(), both.getLast(), TrustedArchive.open(place.archive(), known));
        System.out.printf(
                "the log %s only grew: its %,d events begin with the %,d that it had before%n",
                first.origin(), both.getLast().size(), both.getFirst().size());
        return 0;
    }

    /** With the archive's tiles, also of a tree that has grown since. */
    private static void prove(Checkpoint older, Checkpoint newer, TrustedArchive archive) {
        if (newer.size() > archive.size())
            throw new IllegalStateException(
                    "the archive has %,d events, and one of the checkpoints %,d: take it from where that one is from"
                            .formatted(archive.size(), newer.size()));
        TileHashSource hashes = archive.hashes();
        ConsistencyProof.build(older.size(), newer.size(), hashes)
                .verify(older.root(), newer.root());
    }

    private static byte[] read(String place) throws IOException {
        if (!place.matches("https?://.*")) return Files.readAllBytes(Path.of(place));
        URLConnection connection = URI.create(place).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try (InputStream body = connection.getInputStream()) {
            return body.readNBytes(SignedNote.MAX_BYTES + 1);
        }
    }
}
