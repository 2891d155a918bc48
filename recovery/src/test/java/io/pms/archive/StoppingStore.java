package io.pms.archive;

import io.pms.objects.Condition;
import io.pms.objects.ForwardingStore;
import io.pms.objects.NewObject;
import io.pms.objects.ObjectStore;
import io.pms.objects.PutOutcome;
import io.pms.objects.StoredObject;
import java.util.Optional;

/**
 * A store behind which the process ends at one of its calls: before it, or when its answer comes.
 */
final class StoppingStore extends ForwardingStore {
    private final int call;
    private final boolean after;
    private int calls;

    /** The process has ended. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /**
     * @param call which one, from 1
     * @param after whether the call is still done
     */
    StoppingStore(ObjectStore store, int call, boolean after) {
        super(store);
        this.call = call;
        this.after = after;
    }

    /** Whether that call came. */
    synchronized boolean hasStopped() {
        return calls >= call;
    }

    private synchronized boolean isStoppedBefore() {
        calls++;
        return calls > call || (calls == call && !after);
    }

    private void stopBefore() {
        if (isStoppedBefore()) throw new Stopped();
    }

    private synchronized <T> T stopAfter(T answer) {
        if (calls >= call) throw new Stopped();
        return answer;
    }

    @Override
    public Optional<StoredObject> get(String key) {
        stopBefore();
        return stopAfter(super.get(key));
    }

    @Override
    public PutOutcome put(NewObject object, Condition condition) {
        stopBefore();
        return stopAfter(super.put(object, condition));
    }

    @Override
    public void delete(String key) {
        if (!isStoppedBefore()) super.delete(key);
    }
}
