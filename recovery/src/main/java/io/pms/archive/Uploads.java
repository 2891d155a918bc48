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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
     * Writes all of them; when it returns, all are there and have been read.
     *
     * @throws ForkException when there are other bytes at one of the keys
     * @throws ObjectStoreException when the store fails; some may be written
     */
    void write(List<Upload> uploads) {
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        for (Upload upload : uploads)
            writes.add(CompletableFuture.runAsync(() -> write(upload), workers));
        try {
            CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }

    private void write(Upload upload) {
        String key = upload.path().toString();
        NewObject object =
                new NewObject(key, upload.bytes(), BYTES, IMMUTABLE, !upload.path().isPartial());
        if (store.put(object, Condition.ifAbsent()) instanceof PutOutcome.Refused)
            throw new ForkException(
                    "the archive has other bytes at "
                            + key
                            + ": it is another log's, or this log is not what it was");
        byte[] found = store.get(key).map(StoredObject::bytes).orElse(new byte[0]);
        if (!Arrays.equals(found, upload.bytes()))
            throw new ForkException(
                    "the archive does not give back what was written at "
                            + key
                            + ": "
                            + found.length
                            + " bytes of "
                            + upload.bytes().length);
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
