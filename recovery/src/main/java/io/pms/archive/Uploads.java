package io.pms.archive;

import io.pms.objects.Condition;
import io.pms.objects.NewObject;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreException;
import io.pms.objects.PutOutcome;
import io.pms.objects.StoredObject;
import io.pms.tlog.TilePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Writes objects that never change, several at once, and reads each one back. */
final class Uploads implements AutoCloseable {
    /**
     * A PUT to S3 takes some 30 ms: so many at once fill a line without opening too many of them.
     */
    private static final int AT_ONCE = 16;

    /** Objects at this key are kept for ever and by everyone: they never change. */
    private static final String IMMUTABLE = "public, max-age=31536000, immutable";

    private static final String BYTES = "application/octet-stream";

    private final ObjectStore store;
    private final ExecutorService workers =
            Executors.newFixedThreadPool(
                    AT_ONCE, Thread.ofVirtual().name("archive-upload-", 0).factory());

    Uploads(ObjectStore store) {
        this.store = store;
    }

    /**
     * A tile or bundle.
     *
     * @param bytes not copied
     */
    record Upload(TilePath path, byte[] bytes) {}

    /**
     * Writes all of them; when it returns, all are there and have been read. After a failure, or an
     * interruption, it begins no more.
     *
     * @throws ForkException when there are other bytes at one of the keys
     * @throws StaleStoreException when the store does not show what was just written
     * @throws ObjectStoreException when the store fails; some may be written
     * @throws CancellationException when the thread is interrupted; some may be written
     */
    void write(List<Upload> uploads) {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        for (Upload upload : uploads)
            writes.add(CompletableFuture.runAsync(() -> write(upload, failed), workers));
        try {
            CompletableFuture<Void> all =
                    CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new));
            CompletableFuture.anyOf(all, failed).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while objects were written");
        } finally {
            failed.complete(null);
        }
    }

    private void write(Upload upload, CompletableFuture<Void> failed) {
        if (failed.isDone()) return;
        try {
            write(upload);
        } catch (RuntimeException e) {
            failed.completeExceptionally(e);
            throw e; // else all of them would have ended well
        }
    }

    private void write(Upload upload) {
        String key = upload.path().toString();
        NewObject object =
                new NewObject(key, upload.bytes(), BYTES, IMMUTABLE, !upload.path().isPartial());
        switch (store.put(object, Condition.ifAbsent())) {
            case PutOutcome.Stored _ -> {}
            case PutOutcome.Refused refused when refused.found() == null ->
                    throw new StaleStoreException(
                            "the store says that something is at " + key + ", and shows nothing");
            case PutOutcome.Refused _ ->
                    throw new ForkException(
                            "the archive has other bytes at "
                                    + key
                                    + ": it is another log's, or this log is not what it was");
        }
        requireKept(key, upload.bytes());
    }

    private void requireKept(String key, byte[] bytes) {
        StoredObject found =
                store.get(key)
                        .orElseThrow(() ->
                                new StaleStoreException(
                                        "the store does not show what was just written at " + key));
        if (!Arrays.equals(found.bytes(), bytes))
            throw new ForkException(
                    "the archive does not give back what was written at "
                            + key
                            + ": "
                            + found.bytes().length
                            + " bytes of "
                            + bytes.length);
    }

    /** Removes what is not needed any more; what cannot be removed stays. */
    void remove(List<TilePath> paths) {
        for (TilePath path : paths) workers.execute(() -> removeQuietly(path));
    }

    private void removeQuietly(TilePath path) {
        try {
            store.delete(path.toString());
        } catch (ObjectStoreException e) {
            // it does no harm
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
