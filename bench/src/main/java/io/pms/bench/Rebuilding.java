package io.pms.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Has all projections of a platform built again and again, so that one always is. */
final class Rebuilding implements AutoCloseable {
    private static final long LOOK_EVERY_MILLIS = 200;

    /** Of so many looks one may find nothing being built. */
    private static final int LOOKS_FOR_ONE_AT_REST = 10;

    private final PlatformProjections projections;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> looking;
    private volatile int looks;
    private volatile int atRest;

    /** Returns when all of them are being built. */
    Rebuilding(PlatformProjections projections) throws IOException, InterruptedException {
        this.projections = projections;
        rebuild(projections.statuses());
        this.looking =
                clock.scheduleWithFixedDelay(
                        unchecked(this::look),
                        LOOK_EVERY_MILLIS,
                        LOOK_EVERY_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    private static Runnable unchecked(Callable<?> work) {
        return () -> {
            try {
                work.call();
            } catch (Exception e) {
                throw new IllegalStateException("projections are not built again", e);
            }
        };
    }

    private boolean look() throws IOException, InterruptedException {
        List<PlatformProjections.Status> statuses = projections.statuses();
        looks++;
        if (statuses.stream().noneMatch(PlatformProjections.Status::building)) atRest++;
        rebuild(statuses);
        return true;
    }

    private void rebuild(List<PlatformProjections.Status> statuses)
            throws IOException, InterruptedException {
        for (PlatformProjections.Status each : statuses)
            if (!each.building()) projections.rebuild(each.name());
    }

    /**
     * Lets what has begun go on.
     *
     * @throws IllegalStateException when too often nothing was being built
     */
    @Override
    public void close() throws Exception {
        if (looking.isDone()) looking.get(); // it has failed
        looking.cancel(false);
        clock.close();
        if (atRest * LOOKS_FOR_ONE_AT_REST > looks)
            throw new IllegalStateException(
                    "nothing was being built at %d of %d looks; it needs more events"
                            .formatted(atRest, looks));
    }
}
