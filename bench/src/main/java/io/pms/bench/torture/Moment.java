package io.pms.bench.torture;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits that end early when the run is over. */
final class Moment {
    private final CountDownLatch over = new CountDownLatch(1);

    /** False when the run is over. */
    boolean pause(long millis) throws InterruptedException {
        return !over.await(millis, TimeUnit.MILLISECONDS);
    }

    void end() {
        over.countDown();
    }

    boolean isOver() {
        return over.getCount() == 0;
    }
}
