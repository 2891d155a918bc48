package io.pms.bench;

import io.pms.objects.Condition;
import io.pms.objects.NewObject;
import io.pms.objects.ObjectStore;
import io.pms.objects.PutOutcome;
import io.pms.objects.StoredObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store that is far away: each GET takes so much longer, however many there are at once. */
final class FarStore implements ObjectStore {
    private final ObjectStore store;
    private final long latencyMillis;

    FarStore(ObjectStore store, long latencyMillis) {
        this.store = store;
        this.latencyMillis = latencyMillis;
    }

    @Override
    public Optional<StoredObject> get(String key) {
        try {
            Thread.sleep(latencyMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return store.get(key);
    }

    @Override
    public PutOutcome put(NewObject object, Condition condition) {
        return store.put(object, condition);
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
    public void close() {
        store.close();
    }
}
