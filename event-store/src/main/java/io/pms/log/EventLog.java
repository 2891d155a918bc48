package io.pms.log;

import io.pms.entry.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One append-only log. Positions are 0, 1, 2, … without gaps and in commit order: a reader that has
 * seen position n has seen everything below it. Thread-safe.
 */
public interface EventLog {
    /** Entries an answer: with entries of 64 KB at most this bounds its memory. */
    int MAX_READ = 2_000;

    /** Size, origin, epoch, last recorded time and Merkle frontier, as committed now. */
    Head head();

    /**
     * Entries from a position on, in order, at most {@code limit} of them, all of them committed;
     * fewer only at the head or where the answer's bytes are bounded, and at least one unless
     * {@code from} is the head.
     */
    List<Entry> read(long from, int limit);

    /**
     * The entries at these positions, in the order asked for. Positions beyond the head are left
     * out.
     */
    List<Entry> readAt(List<Long> positions);

    /** The events of one aggregate from a sequence on, in order, at most {@code limit} of them. */
    List<Entry> readStream(String aggregateId, long fromSequence, int limit);

    /**
     * Every entry from a position to the head as it is now, in order, without holding them all in
     * memory.
     */
    void stream(long from, Consumer<Entry> consumer);

    /**
     * The same for what becomes of the entries, in their order: the fastest way through a log,
     * because they are decoded where they are read.
     *
     * @param decoder called by several threads, with entries in any order and some ahead of the
     *     consumer; what it throws ends the stream, and up to a thousand entries just before are
     *     not consumed either
     * @param consumer called on the caller's thread
     */
    default <T> void streamDecoded(
            long from, Function<Entry, T> decoder, Consumer<? super T> consumer) {
        stream(from, entry -> consumer.accept(decoder.apply(entry)));
    }

    /**
     * Which aggregates changed from a position on, and how far, without what the events say; as
     * many as {@link #read}.
     */
    List<Change> changes(long from, int limit);

    /**
     * An event's place.
     *
     * @param aggregateId null for an event that belongs to no aggregate
     */
    record Change(long position, @Nullable String aggregateId, long sequence) {}

    /** The last sequence of an aggregate, if it has events. */
    Optional<Long> lastSequence(String aggregateId);

    /** The lowest position whose business time is this or later; it looks at every event. */
    Optional<Long> firstPositionAt(long timeMicros);

    /** What the command with this id was answered, if it was accepted before. */
    Optional<Receipt> receipt(UUID commandId);

    /**
     * Appends one unit of work's events: all of them or none, next to each other, in one commit
     * with whatever else arrives at the same time. The future completes only after that commit is
     * durable.
     *
     * <p>It fails with {@link SequenceConflictException} when an aggregate's sequence is taken
     * (retry on fresh state), {@link DuplicateEventException} when an event or command id is
     * already in the log, {@link EntryTooLargeException} before anything is written, and {@link
     * OutcomeUnknownException} when it cannot be known whether the unit is stored.
     *
     * @throws IllegalArgumentException when an attribute is longer than the log keeps, or the unit
     *     has too many events; nothing is written
     */
    CompletableFuture<Appended> append(Unit unit);

    /** Keeps a state of an aggregate beside the log; it replaces older ones. */
    void storeSnapshot(Snapshot snapshot);

    /** The state with the highest sequence. */
    Optional<Snapshot> latestSnapshot(String aggregateId);

    /**
     * Waits until the log holds more than {@code position}, or the time is over; answers the size
     * it knows then.
     */
    long awaitBeyond(long position, Duration timeout) throws InterruptedException;

    /**
     * Calls back with the log's size soon after it has grown, on a thread that must not be blocked.
     */
    Subscription subscribe(LongConsumer onSize);

    /** Ends a subscription. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
