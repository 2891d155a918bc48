package io.pms.query.live;

import io.pms.http.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's stream: a position that moves along the log as fast as the client takes what it
 * passes. Whatever the view has after the position where it began is sent once, in order. It keeps
 * no more than a step of events, however slow the client is.
 */
final class LiveStream implements Runnable {
    private static final Logger LOGGER = LoggerFactory.getLogger(LiveStream.class);

    /** Where it is not known yet what was missed, it is asked for again. */
    private static final Duration ASK_AGAIN = Duration.ofMillis(100);

    /** After that the stream ends: who comes back is told what is wrong. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final View view;
    private final Sources sources;
    private final Ring.Organisation organisation;
    private final Outlet outlet;
    private final CountDownLatch ending = new CountDownLatch(1);
    private long position;
    private boolean behind;
    private long lastProgressNanos;

    /** What all streams have in common. */
    record Sources(Ring ring, CatchUp catchUp, Duration heartbeat, LiveMetrics metrics) {}

    /**
     * @param position after which it begins
     */
    LiveStream(
            View view,
            Sources sources,
            Ring.Organisation organisation,
            long position,
            Outlet outlet) {
        this.view = view;
        this.sources = sources;
        this.organisation = organisation;
        this.position = position;
        this.outlet = outlet;
    }

    /** Ends it, from another thread. */
    void end() {
        ending.countDown();
        outlet.end();
    }

    @Override
    public void run() {
        try {
            boolean goesOn = true;
            while (goesOn) goesOn = step();
        } catch (Outlet.StalledException e) {
            sources.metrics().stalled();
            LOGGER.debug("a client is hung up on", e);
        } catch (IOException e) {
            LOGGER.debug("a client has gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts it but to end it
        } catch (RuntimeException e) {
            LOGGER.error("a stream failed at position {}; its client comes back", position, e);
        } finally {
            outlet.end();
        }
    }

    /** False when nothing comes any more. */
    private boolean step() throws IOException, InterruptedException {
        Duration left = sources.heartbeat().minus(outlet.idle());
        if (!left.isPositive()) {
            outlet.write(Frames.heartbeat(position));
            outlet.flush();
            left = sources.heartbeat();
        }
        return switch (sources.ring().after(organisation, position, left)) {
            case Next.Events next -> {
                behind = false;
                send(next);
                yield true;
            }
            case Next.Missed missed -> catchUp();
            case Next.End end -> false;
        };
    }

    private void send(Next.Events next) throws IOException, InterruptedException {
        boolean any = false;
        for (LiveEvent event : next.events()) {
            if (!event.isIn(view.feed())) continue;
            outlet.write(event.frame());
            any = true;
        }
        position = next.upTo();
        if (any) outlet.flush();
    }

    /** False when it takes too long until it is known what was missed. */
    private boolean catchUp() throws IOException, InterruptedException {
        if (!behind) {
            sources.metrics().caughtUp();
            behind = true;
            lastProgressNanos = System.nanoTime();
        }
        if (sendMissed()) {
            lastProgressNanos = System.nanoTime();
            return true;
        }
        if (System.nanoTime() - lastProgressNanos > PATIENCE.toNanos()) return false;
        return !ending.await(ASK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A page of it; false when that leads no further. */
    private boolean sendMissed() throws IOException, InterruptedException {
        long before = position;
        try {
            CatchUp.Page page = sources.catchUp().page(view, position);
            for (int slice = 0; slice < page.slices(); slice++) send(page, slice);
            position = page.upTo();
        } catch (Problem e) {
            LOGGER.debug("what was missed is not known yet", e);
        }
        return position > before;
    }

    private void send(CatchUp.Page page, int slice) throws IOException, InterruptedException {
        for (byte[] frame : sources.catchUp().frames(page, slice)) outlet.write(frame);
        outlet.flush();
        position = page.last(slice);
    }
}
