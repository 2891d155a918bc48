package io.pms.log.axon;

import io.pms.log.EventLog.Subscription;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.jspecify.annotations.Nullable;

/** Follows the log from a position on. Used by one thread at a time, as Axon's processors do. */
final class LogEventStream implements TrackingEventStream {
    /** Events that are read ahead. */
    private static final int BATCH = 500;

    private final LogStorageEngine engine;
    private final Deque<TrackedEventMessage<?>> read = new ArrayDeque<>();
    private @Nullable Subscription subscription;
    private long next;

    LogEventStream(LogStorageEngine engine, long from) {
        this.engine = engine;
        this.next = from;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        fill();
        return Optional.ofNullable(read.peekFirst());
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        fill();
        if (read.isEmpty() && timeout > 0) {
            engine.log().awaitBeyond(next, Duration.ofNanos(unit.toNanos(timeout)));
            fill();
        }
        return !read.isEmpty();
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        while (!hasNextAvailable(1, TimeUnit.SECONDS)) {
            if (Thread.interrupted()) throw new InterruptedException();
        }
        return read.removeFirst();
    }

    private void fill() {
        if (!read.isEmpty()) return;
        EventUtils.upcastAndDeserializeTrackedEvents(
                        engine
                                .fetchTrackedEvents(
                                        new GlobalSequenceTrackingToken(next - 1), BATCH)
                                .stream(),
                        engine.getEventSerializer(),
                        engine.upcasters())
                .forEach(read::addLast);
        if (!read.isEmpty()) next = read.getLast().trackingToken().position().orElseThrow() + 1;
    }

    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
        if (subscription != null) subscription.close();
        subscription = engine.log().subscribe(size -> callback.run());
        return true;
    }

    @Override
    public void close() {
        if (subscription != null) subscription.close();
    }
}
