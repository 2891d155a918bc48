package io.pms.projection;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far this process's workers have got, for those who wait for it. Thread-safe. */
final class AppliedPositions {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private final Map<Partition, StoredPosition> positions = new HashMap<>();

    void record(Partition partition, StoredPosition position) {
        lock.lock();
        try {
            positions.put(partition, position);
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean hasReached(Partition partition, long position) {
        lock.lock();
        try {
            return reached(partition, position);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a worker of this process has got there, or the time is over. */
    boolean await(Partition partition, long position, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        lock.lockInterruptibly();
        try {
            while (!reached(partition, position)) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || !advanced.await(left, TimeUnit.NANOSECONDS)) return false;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean reached(Partition partition, long position) {
        StoredPosition stored = positions.get(partition);
        return stored != null && stored.isComplete() && stored.position() >= position;
    }
}
