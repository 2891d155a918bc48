package io.pms.archive;

import io.pms.objects.Condition;
import io.pms.objects.ForwardingStore;
import io.pms.objects.NewObject;
import io.pms.objects.ObjectStore;
import io.pms.objects.PutOutcome;
import java.util.function.BiPredicate;

/** A store behind which something happens right before one of its writes. */
final class MeddlingStore extends ForwardingStore {
    private final BiPredicate<NewObject, Condition> when;
    private final Runnable what;
    private boolean done;

    /**
     * @param when the first write for which this holds
     * @param what may throw, so that it is not written
     */
    MeddlingStore(ObjectStore store, BiPredicate<NewObject, Condition> when, Runnable what) {
        super(store);
        this.when = when;
        this.what = what;
    }

    @Override
    public PutOutcome put(NewObject object, Condition condition) {
        meddle(object, condition);
        return super.put(object, condition);
    }

    /** Others that are as the first one wait meanwhile. */
    private synchronized void meddle(NewObject object, Condition condition) {
        if (done || !when.test(object, condition)) return;
        done = true;
        what.run();
    }
}
