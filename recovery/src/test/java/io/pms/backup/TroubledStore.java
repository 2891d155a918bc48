package io.pms.backup;

import io.pms.objects.Condition;
import io.pms.objects.NewObject;
import io.pms.objects.ObjectStore;
import io.pms.objects.PutOutcome;
import io.pms.objects.StoredObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store to which something happens before each of its calls. Closing it closes nothing. */
final class TroubledStore implements ObjectStore {
    private final ObjectStore store;
    private final Trouble trouble;

    /** What happens; whatever it throws, the call does. */
    interface Trouble {
        void before(String call, String key);
    }

    /** The process has ended. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    TroubledStore(ObjectStore store, Trouble trouble) {
        this.store = store;
        this.trouble = trouble;
    }

    /** A process that ends at one of its calls, counted from 1: nothing works from then on. */
    static final class StoppedAt implements Trouble {
        private final int call;
        private int calls;

        StoppedAt(int call) {
            this.call = call;
        }

        @Override
        public synchronized void before(String name, String key) {
            if (++calls >= call) throw new Stopped();
        }

        synchronized boolean hasStopped() {
            return calls >= call;
        }
    }

    @Override
    public Optional<StoredObject> get(String key) {
        trouble.before("get", key);
        return store.get(key);
    }

    @Override
    public PutOutcome put(NewObject object, Condition condition) {
        trouble.before("put", object.key());
        return store.put(object, condition);
    }

    @Override
    public void delete(String key) {
        trouble.before("delete", key);
        store.delete(key);
    }

    @Override
    public List<String> list(String prefix, @Nullable String after, int limit) {
        trouble.before("list", prefix);
        return store.list(prefix, after, limit);
    }

    @Override
    public void close() {}
}
