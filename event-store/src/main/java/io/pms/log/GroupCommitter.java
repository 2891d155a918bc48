package io.pms.log;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what all concurrent callers want to append in one transaction, and tells each of them
 * exactly what became of its unit. Two threads take turns: while the packet of one is with the
 * server, the other gathers the next batch and makes its packet. Batches reach the server one at a
 * time and in order. {@code docs/adr/0002-one-packet-per-batch.md} says why it is built so.
 */
final class GroupCommitter implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(GroupCommitter.class);

    /** A refusal by the database's own locks is rare; this many in a row are no accident. */
    private static final int MAX_RETRIES = 20;

    /** Between attempts to find out what became of a batch. */
    private static final long RESOLVE_PAUSE_NANOS = 100_000_000;

    private final LogSettings settings;
    private final HeadWriter writer;
    private final Gatherer gatherer;
    private final LongConsumer onSize;
    private final List<Thread> threads;
    private final ReentrantLock gathering = new ReentrantLock();
    private final ReentrantLock sending = new ReentrantLock();
    private volatile boolean closing;

    /**
     * @param onSize told the log's size after each commit, on a committer's thread
     */
    GroupCommitter(LogSettings settings, HeadWriter writer, LongConsumer onSize) {
        this.settings = settings;
        this.writer = writer;
        this.gatherer = new Gatherer(settings);
        this.onSize = onSize;
        this.threads =
                Stream.of("a", "b")
                        .map(turn -> "log-committer-" + settings.logId() + turn)
                        .map(name -> Thread.ofPlatform().name(name).unstarted(this::run))
                        .toList();
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /** Hands the unit over; its future tells the rest. */
    void submit(PreparedUnit unit) {
        if (closing) unit.future.completeExceptionally(closed());
        else if (!gatherer.offer(unit))
            unit.future.completeExceptionally(
                    new LogUnavailableException(
                            settings.maxQueuedUnits() + " appends wait already; retry later",
                            null));
        else if (closing && threads.stream().noneMatch(Thread::isAlive)) failRest();
    }

    private void run() {
        try {
            while (!closing || !gatherer.isEmpty()) takeATurn();
        } catch (InterruptedException e) {
            LOGGER.warn("the committer was interrupted");
        } finally {
            closing = true;
        }
    }

    private void takeATurn() throws InterruptedException {
        Batch batch = gather();
        if (batch.units.isEmpty()) return;
        try {
            commit(batch);
        } finally {
            gatherer.sending(false);
            sending.unlock();
        }
        batch.answer.run();
    }

    /**
     * The next batch, and with it the turn at the server, taken before anybody else may gather:
     * that keeps the batches in order.
     */
    private Batch gather() throws InterruptedException {
        gathering.lockInterruptibly();
        try {
            Batch batch = new Batch(gatherer.next());
            if (batch.units.isEmpty()) return batch;
            Packet packet = writer.ready(batch.units);
            sending.lock();
            gatherer.sending(true);
            batch.packet = writer.fitting(packet);
            return batch;
        } finally {
            gathering.unlock();
        }
    }

    /** Units on their way. */
    private static final class Batch {
        final List<PreparedUnit> units;
        @Nullable Packet packet;

        /** What the callers are told once the server is free for the next batch. */
        Runnable answer = () -> {};

        Batch(List<PreparedUnit> units) {
            this.units = new ArrayList<>(units);
        }

        @Nullable Packet takePacket() {
            Packet taken = packet;
            packet = null;
            return taken;
        }

        void fail(RuntimeException reason) {
            for (PreparedUnit unit : units) unit.future.completeExceptionally(reason);
            units.clear();
        }

        void fail(PreparedUnit loser, RuntimeException reason) {
            units.remove(loser);
            loser.future.completeExceptionally(reason);
        }
    }

    private void commit(Batch batch) {
        try {
            tryUntilDecided(batch);
        } catch (RuntimeException e) {
            LOGGER.error("an append failed in a way that was not foreseen", e);
            batch.fail(new OutcomeUnknownException("the append failed: " + e, e));
        }
    }

    private void tryUntilDecided(Batch batch) {
        int retries = 0;
        long deadline = System.nanoTime() + settings.resolveTimeout().toNanos();
        while (!batch.units.isEmpty()) {
            switch (writer.append(batch.units, batch.takePacket())) {
                case Attempt.Stored stored -> {
                    long first = stored.head().size() - events(batch.units);
                    stored(batch, first, stored.head().recordedTimeMicros());
                    return;
                }
                case Attempt.Stale stale -> {
                    if (System.nanoTime() > deadline) batch.fail(busy(null));
                    else pause(retries++);
                }
                case Attempt.Again again -> {
                    if (retries++ >= MAX_RETRIES) batch.fail(busy(again.cause()));
                    else pause(retries);
                }
                case Attempt.Taken taken -> taken.losers().forEach(batch::fail);
                case Attempt.Refused refused -> batch.fail(refused.cause());
                case Attempt.Unknown unknown -> {
                    LOGGER.warn(
                            "the outcome of an append is not known; fencing and looking it up",
                            unknown.cause());
                    if (resolve(batch, unknown.cause(), deadline)) return;
                    if (retries++ >= MAX_RETRIES) batch.fail(busy(unknown.cause()));
                }
            }
        }
    }

    /**
     * True when the batch is decided; false when it is certain that nothing of it is stored and it
     * is to be sent again.
     */
    private boolean resolve(Batch batch, Exception cause, long deadline) {
        while (true) {
            try {
                HeadWriter.@Nullable Found found = writer.resolve(batch.units);
                if (found != null) stored(batch, found.firstPosition(), found.recordedTimeMicros());
                return found != null;
            } catch (SQLException e) {
                if (System.nanoTime() > deadline) {
                    batch.fail(
                            new OutcomeUnknownException(
                                    "the database did not answer and cannot be asked; whether the events are stored is not known",
                                    cause));
                    return true;
                }
                LockSupport.parkNanos(RESOLVE_PAUSE_NANOS);
            }
        }
    }

    private void stored(Batch batch, long firstPosition, long recordedTimeMicros) {
        batch.answer = () -> answer(batch.units, firstPosition, recordedTimeMicros);
    }

    /** Readers are told before the callers: whoever has its answer finds it announced. */
    private void answer(List<PreparedUnit> units, long firstPosition, long recordedTimeMicros) {
        onSize.accept(firstPosition + events(units));
        long position = firstPosition;
        for (PreparedUnit unit : units) {
            unit.future.complete(new Appended(position, unit.events.size(), recordedTimeMicros));
            position += unit.events.size();
        }
    }

    private static int events(List<PreparedUnit> units) {
        int events = 0;
        for (PreparedUnit unit : units) events += unit.events.size();
        return events;
    }

    private void failRest() {
        for (PreparedUnit unit : gatherer.drain()) unit.future.completeExceptionally(closed());
    }

    private static RuntimeException closed() {
        return new LogUnavailableException("the log is closed", null);
    }

    private static RuntimeException busy(@Nullable Exception cause) {
        return new LogUnavailableException(
                "too many writers, or a database that is too busy; retry later", cause);
    }

    /** Writers that met at the head part by chance. */
    private static void pause(int retries) {
        if (retries == 0) return;
        long most = Math.min(100_000L << Math.min(retries, 8), 20_000_000L);
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most));
    }

    /** Appends what was handed over, then ends. */
    @Override
    public void close() {
        closing = true;
        try {
            for (Thread thread : threads)
                thread.join(settings.resolveTimeout().plus(settings.socketTimeout()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        failRest();
        writer.close();
    }
}
