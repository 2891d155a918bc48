package io.pms.query.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.pms.http.Problem;
import io.pms.log.EventLog;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.context.SmartLifecycle;

/**
 * All streams of this process. They end before anything else stops: the web server would wait for
 * them. Thread-safe.
 */
final class LiveStreams implements SmartLifecycle {
    /** Some clients will have gone by then. */
    private static final int RETRY_AFTER_SECONDS = 10;

    private final int maxClients;
    private final Semaphore permits;
    private final Ring ring;
    private final Follower follower;
    private final LiveStream.Sources sources;
    private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private volatile boolean stopped;

    LiveStreams(
            LiveProperties properties,
            EventLog log,
            CatchUp catchUp,
            Ring ring,
            MeterRegistry meters) {
        this.maxClients = properties.maxClients();
        this.permits = new Semaphore(maxClients);
        this.ring = ring;
        this.follower = new Follower(log, ring, properties.ringEntries());
        this.sources =
                new LiveStream.Sources(
                        ring,
                        catchUp,
                        properties.heartbeat(),
                        new LiveMetrics(meters, streams::size));
    }

    /** Makes the response when it is sure that there will be a stream. */
    interface Opening {
        Outlet open() throws IOException;
    }

    /**
     * Opens a stream. It runs on a thread of its own.
     *
     * @param position after which it begins
     * @param size of the log, as it is now
     * @throws Problem 503 when there are too many, or what came after the position is not known
     */
    void open(View view, long position, long size, Opening opening) throws IOException {
        if (!permits.tryAcquire()) throw tooMany();
        follower.join(size);
        Ring.Organisation organisation = ring.join(view.caller().tenant());
        try {
            if (ring.isMissed(organisation, position)) sources.catchUp().page(view, position);
            LiveStream stream =
                    new LiveStream(view, sources, organisation, position, opening.open());
            streams.add(stream);
            Thread.ofVirtual().name("live").start(() -> run(stream, organisation));
        } catch (IOException | RuntimeException e) {
            leave(organisation);
            throw e;
        }
    }

    private void run(LiveStream stream, Ring.Organisation organisation) {
        try {
            if (stopped) stream.end();
            stream.run();
        } finally {
            streams.remove(stream);
            leave(organisation);
        }
    }

    private void leave(Ring.Organisation organisation) {
        ring.leave(organisation);
        follower.leave();
        permits.release();
    }

    private Problem tooMany() {
        return new Problem(
                        503,
                        "too-many-clients",
                        "Too many clients",
                        "this process serves its "
                                + maxClients
                                + " live updates already; try again later")
                .retryAfter(RETRY_AFTER_SECONDS);
    }

    @Override
    public void start() {
        running = true;
    }

    /** Whoever comes from now on is let go at once, to come back to another process. */
    @Override
    public void stop() {
        running = false;
        stopped = true;
        ring.close();
        follower.close();
        streams.forEach(LiveStream::end);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
