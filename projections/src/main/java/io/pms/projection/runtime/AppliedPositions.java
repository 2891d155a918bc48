package io.pms.projection.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How far builds that serve have got, as this process's workers and those of others tell, for those
 * who wait for it. Thread-safe.
 */
final class AppliedPositions {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private final Map<Place, Long> positions = new HashMap<>();

    /** A version of a partition. */
    record Place(Partition partition, int version) {}

    void record(Place place, long position) {
        lock.lock();
        try {
            positions.put(place, position);
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the first of these places of which anything is known has got there. */
    boolean hasReached(List<Place> places, long position) {
        lock.lock();
        try {
            return reached(places, position);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until that is so, or the time is over. */
    boolean await(List<Place> places, long position, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        lock.lockInterruptibly();
        try {
            while (!reached(places, position)) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || !advanced.await(left, TimeUnit.NANOSECONDS)) return false;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean reached(List<Place> places, long position) {
        for (Place place : places) {
            Long known = positions.get(place);
            if (known != null) return known >= position;
        }
        return false;
    }
}
