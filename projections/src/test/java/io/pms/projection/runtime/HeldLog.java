package io.pms.projection.runtime;

import io.pms.entry.Entry;
import io.pms.log.EventLog;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** A log whose long reads wait until they may go on. */
final class HeldLog extends ForwardingLog {
    private final Semaphore pass = new Semaphore(0);
    private volatile long after = Long.MAX_VALUE;

    HeldLog(EventLog log) {
        super(log);
    }

    void hold() {
        after = -1;
    }

    void holdAfter(long position) {
        after = position;
    }

    void letPass(int entries) {
        pass.release(entries);
    }

    void letGo() {
        after = Long.MAX_VALUE;
        pass.release();
    }

    boolean isWaiting() {
        return pass.hasQueuedThreads();
    }

    @Override
    public void stream(long from, Consumer<Entry> consumer) {
        super.stream(
                from,
                entry -> {
                    if (entry.position() > after) pass.acquireUninterruptibly();
                    consumer.accept(entry);
                });
    }
}
