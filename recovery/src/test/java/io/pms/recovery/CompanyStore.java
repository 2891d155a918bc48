package io.pms.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.objects.ForwardingStore;
import io.pms.objects.ObjectStore;
import io.pms.objects.StoredObject;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A store that answers the first reads of some objects when enough of them are under way. The first
 * and the last may be read alone.
 */
final class CompanyStore extends ForwardingStore {
    private static final long PATIENCE_SECONDS = 30;

    private final String prefix;
    private final CountDownLatch missing;

    /**
     * @param prefix of the keys that are waited for
     * @param enough how many at once
     */
    CompanyStore(ObjectStore store, String prefix, int enough) {
        super(store);
        this.prefix = prefix;
        this.missing = new CountDownLatch(enough);
    }

    void requireCompany() {
        assertThat(missing.getCount()).isZero();
    }

    @Override
    public Optional<StoredObject> get(String key) {
        if (key.startsWith(prefix) && isWaitedFor(key)) await(key);
        return super.get(key);
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
}
