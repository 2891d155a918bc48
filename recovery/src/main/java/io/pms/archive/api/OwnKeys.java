package io.pms.archive.api;

import io.pms.archive.Archive;
import io.pms.tlog.NoteVerifier;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The keys that the archive names, as they were read last: whoever asks how the archive is does not
 * wait for a store that is away.
 */
final class OwnKeys implements AutoCloseable {
    private static final long LONGEST_WAIT_MILLIS = 1_000;

    private final Archive archive;
    private final ExecutorService reads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile List<String> known = List.of();

    OwnKeys(Archive archive) {
        this.archive = archive;
    }

    /** None when they could not be read yet. */
    List<String> texts() {
        return CompletableFuture.supplyAsync(this::read, reads)
                .completeOnTimeout(known, LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS)
                .exceptionally(failure -> known)
                .join();
    }

    private List<String> read() {
        known = archive.ownKeys().stream().map(NoteVerifier::text).toList();
        return known;
    }

    @Override
    public void close() {
        reads.shutdownNow();
    }
}
