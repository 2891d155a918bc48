package io.pms.bench;

import io.pms.entry.Entry;
import io.pms.event.Event;
import io.pms.event.TaskEvent.TaskCreated;
import io.pms.projection.Projection;
import io.pms.projection.Recorded;
import io.pms.projection.TaskProjection;
import io.pms.projection.Write;
import io.pms.projection.Writes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * An event handler of Axon's that makes our read model of tasks: the same fold says what an event
 * changes, and a script writes it. Thread-safe.
 */
final class TaskHandler implements EventMessageHandler {
    private final Projection projection = new TaskProjection();
    private final TaskWriter writer;
    private final long events;
    private final AtomicLong handled = new AtomicLong();
    private final LongAdder created = new LongAdder();
    private final CountDownLatch all = new CountDownLatch(1);

    /**
     * @param events how many there are
     */
    TaskHandler(TaskWriter writer, long events) {
        this.writer = writer;
        this.events = events;
    }

    @Override
    public Recorded handle(EventMessage<?> message) {
        Recorded recorded = recorded(message);
        Writes writes = new Writes();
        projection.apply(recorded, writes);
        for (Write write : writes.all()) write(write);
        if (recorded.event() instanceof TaskCreated) created.increment();
        CurrentUnitOfWork.get().afterCommit(unit -> count());
        return recorded;
    }

    private void write(Write write) {
        switch (write) {
            case Write.Entity task -> writer.write(task);
            case Write.Account account -> throw new IllegalStateException("no task: " + account);
            case Write.Push push -> throw new IllegalStateException("no task: " + push);
        }
    }

    private void count() {
        if (handled.incrementAndGet() == events) all.countDown();
    }

    /** What the fold looks at; the rest of an entry Axon's tables do not have. */
    private static Recorded recorded(EventMessage<?> message) {
        DomainEventMessage<?> event = (DomainEventMessage<?>) message;
        Entry entry =
                new Entry(
                        0,
                        position((TrackedEventMessage<?>) message),
                        0,
                        ChronoUnit.MICROS.between(Instant.EPOCH, message.getTimestamp()),
                        message.getIdentifier(),
                        message.getPayloadType().getName(),
                        event.getAggregateIdentifier(),
                        event.getSequenceNumber(),
                        (String) message.getMetaData().get("tenant"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        new byte[0]);
        return new Recorded(entry, (Event) message.getPayload());
    }

    /** Axon's begin with 1. */
    private static long position(TrackedEventMessage<?> message) {
        return message.trackingToken().position().orElseThrow() - 1;
    }

    /** Waits until all events are handled for good, or the time is over. */
    void await(Duration longest) throws InterruptedException {
        boolean _ = all.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Events whose unit of work is committed. */
    long handled() {
        return handled.get();
    }

    /** Tasks that it has been told the creation of. */
    long created() {
        return created.sum();
    }
}
