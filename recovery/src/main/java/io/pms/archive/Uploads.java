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
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Writes objects that do not change once a checkpoint covers them, several at once, and reads each
 * one back.
 */
final class Uploads implements AutoCloseable {
    /**
     * A PUT to S3 takes some 30 ms: so many at once fill a line without opening too many of them.
     */
    private static final int AT_ONCE = 16;

    /** Behind a checkpoint they never change: whoever has got one keeps it. */
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
     * An upload in whose place there is something else.
     *
     * @param found what is there
     */
    record Conflict(Upload upload, StoredObject found) {}

    /**
     * Writes all of them where nothing is; when it returns, all but those that it answers are there
     * and have been read. After a failure, or an interruption, it begins no more.
     *
     * @return those in whose place there are other bytes
     * @throws ForkException when one that was just written has changed
     * @throws StaleStoreException when the store does not show what was just written
     * @throws ObjectStoreException when the store fails; some may be written
     * @throws CancellationException when the thread is interrupted; some may be written
     */
    List<Conflict> write(List<Upload> uploads) {
        return each(uploads, this::write).stream().flatMap(Optional::stream).toList();
    }

    /**
     * Writes uploads over what was found in their places. Fails as {@link #write}.
     *
     * @throws SupersededException when one is not there any more: another process writes
     */
    void replace(List<Conflict> conflicts) {
        each(conflicts, this::replace);
    }

    private <T, R> List<R> each(List<T> all, Function<T, R> task) {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        List<CompletableFuture<R>> results = new ArrayList<>();
        for (T one : all)
            results.add(CompletableFuture.supplyAsync(() -> attempt(one, task, failed), workers));
        try {
            CompletableFuture<Void> done =
                    CompletableFuture.allOf(results.toArray(CompletableFuture[]::new));
            CompletableFuture.anyOf(failed, done).get(); // what failed first, where both have
            return results.stream().map(CompletableFuture::join).toList();
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

    private static <T, R> R attempt(T one, Function<T, R> task, CompletableFuture<Void> failed) {
        if (failed.isDone()) throw new CancellationException("another one has failed");
        try {
            return task.apply(one);
        } catch (RuntimeException e) {
            failed.completeExceptionally(e);
            throw e; // else all of them would have ended well
        }
    }

    private Optional<Conflict> write(Upload upload) {
        String key = upload.path().toString();
        switch (store.put(object(upload), Condition.ifAbsent())) {
            case PutOutcome.Stored _ -> requireKept(key, upload.bytes());
            case PutOutcome.Refused(StoredObject found) -> {
                if (found != null) return Optional.of(new Conflict(upload, found));
                throw new StaleStoreException(
                        "the store says that something is at " + key + ", and shows nothing");
            }
        }
        return Optional.empty();
    }

    private boolean replace(Conflict conflict) {
        Upload upload = conflict.upload();
        String key = upload.path().toString();
        Condition asFound = Condition.ifVersion(conflict.found().version());
        switch (store.put(object(upload), asFound)) {
            case PutOutcome.Stored _ -> requireKept(key, upload.bytes());
            case PutOutcome.Refused _ ->
                    throw new SupersededException("another archiver has written " + key);
        }
        return true;
    }

    private static NewObject object(Upload upload) {
        TilePath path = upload.path();
        return new NewObject(path.toString(), upload.bytes(), BYTES, IMMUTABLE, !path.isPartial());
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

    /** Removes what may do harm before anything else is done; what cannot be removed stays too. */
    void removeNow(List<TilePath> paths) {
        each(paths, this::removeQuietly);
    }

    private boolean removeQuietly(TilePath path) {
        try {
            store.delete(path.toString());
            return true;
        } catch (ObjectStoreException e) {
            return false; // at worst a verifier finds it
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
