package io.pms.archive;

import io.pms.objects.Condition;
import io.pms.objects.NewObject;
import io.pms.objects.ObjectStore;
import io.pms.objects.PutOutcome;
import io.pms.objects.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** A store behind which something happens right before one of its writes. */
final class MeddlingStore implements ObjectStore {
    private final ObjectStore store;
    private final BiPredicate<NewObject, Condition> when;
    private final Runnable what;
    private boolean done;

    /**
     * @param when the first write for which this holds
     * @param what may throw, so that it is not written
     */
    MeddlingStore(ObjectStore store, BiPredicate<NewObject, Condition> when, Runnable what) {
        this.store = store;
        this.when = when;
        this.what = what;
    }

    @Override
    public Optional<StoredObject> get(String key) {
        return store.get(key);
    }

    @Override
    public PutOutcome put(NewObject object, Condition condition) {
        meddle(object, condition);
        return store.put(object, condition);
    }

    /** Others that are as the first one wait meanwhile. */
    private synchronized void meddle(NewObject object, Condition condition) {
        if (done || !when.test(object, condition)) return;
        done = true;
        what.run();
    }

    @Override
    public void delete(String key) {
        store.delete(key);
    }

    @Override
    public List<String> list(String prefix, @Nullable String after, int limit) {
        return store.list(prefix, after, limit);
    }

    @Override
    public void close() {}
}
