package io.pms.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.objects.Condition;
import io.pms.objects.NewObject;
import io.pms.objects.ObjectStore;
import io.pms.objects.PutOutcome;
import io.pms.objects.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A store that answers the first reads of some objects when enough of them are under way. The first
 * and the last may be read alone.
 */
final class CompanyStore implements ObjectStore {
    private static final long PATIENCE_SECONDS = 30;

    private final ObjectStore store;
    private final String prefix;
    private final CountDownLatch missing;

    /**
     * @param prefix of the keys that are waited for
     * @param enough how many at once
     */
    CompanyStore(ObjectStore store, String prefix, int enough) {
        this.store = store;
        this.prefix = prefix;
        this.missing = new CountDownLatch(enough);
    }

    void requireCompany() {
        assertThat(missing.getCount()).isZero();
    }

    @Override
    public Optional<StoredObject> get(String key) {
        if (key.startsWith(prefix) && isWaitedFor(key)) await(key);
        return store.get(key);
    }

    private static boolean isWaitedFor(String key) {
        return !key.endsWith("/000") && !key.contains(".p/");
    }

    private void await(String key) {
        missing.countDown();
        try {
            if (missing.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException(key + " is read alone");
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
