package io.pms.relay;

import io.pms.entry.Entry;
import io.pms.log.EventLog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A log whose reader stands still in the middle of what it was answered, and so in the middle of
 * what it does with it, until it is let go on.
 */
final class StoppableLog {
    private static final int NOWHERE = -1;

    private final EventLog log;
    private final Semaphore stopped = new Semaphore(0);
    private final Semaphore goOn = new Semaphore(0);
    private volatile int stopAt = NOWHERE;

    StoppableLog(EventLog log) {
        this.log = log;
    }

    EventLog reader() {
        return (EventLog)
                Proxy.newProxyInstance(
                        EventLog.class.getClassLoader(),
                        new Class<?>[] {EventLog.class},
                        this::invoke);
    }

    private Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        try {
            Object answer = method.invoke(log, arguments);
            return method.getName().equals("read") ? stopping(answer) : answer;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @SuppressWarnings("unchecked")
    private List<Entry> stopping(Object answer) {
        List<Entry> entries = (List<Entry>) answer;
        return new AbstractList<>() {
            @Override
            public Entry get(int index) {
                if (index == stopAt) standStill();
                return entries.get(index);
            }

            @Override
            public int size() {
                return entries.size();
            }
        };
    }

    private void standStill() {
        stopAt = NOWHERE;
        stopped.release();
        goOn.acquireUninterruptibly();
    }

    /** The reader is to stop before this entry of an answer, once. */
    void stopAt(int index) {
        goOn.drainPermits();
        stopAt = index;
    }

    void awaitStopped() throws InterruptedException {
        if (!stopped.tryAcquire(30, TimeUnit.SECONDS))
            throw new AssertionError("nobody has read so far");
    }

    /** Lets it go on, or not stop when it has not stopped yet. */
    void goOn() {
        stopAt = NOWHERE;
        goOn.release();
    }
}
