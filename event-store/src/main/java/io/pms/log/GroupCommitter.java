package io.pms.log;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that appends. It commits what all concurrent callers want in one transaction, and
 * tells each of them exactly what became of its unit. {@code docs/adr/0002-one-packet-per-batch.md}
 * says why it is built so.
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
    private final Thread thread;
    private volatile boolean closing;

    /**
     * @param onSize told the log's size after each commit, on the committer's thread
     */
    GroupCommitter(LogSettings settings, HeadWriter writer, LongConsumer onSize) {
        this.settings = settings;
        this.writer = writer;
        this.gatherer = new Gatherer(settings);
        this.onSize = onSize;
        this.thread =
                Thread.ofPlatform().name("log-committer-" + settings.logId()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Hands the unit over; its future tells the rest. */
    void submit(PreparedUnit unit) {
        if (closing) unit.future.completeExceptionally(closed());
        else if (!gatherer.offer(unit))
            unit.future.completeExceptionally(
                    new LogUnavailableException(
                            settings.maxQueuedUnits() + " appends wait already; retry later",
                            null));
        else if (closing && !thread.isAlive()) failRest();
    }

    private void run() {
        try {
            while (!closing || !gatherer.isEmpty()) {
                List<PreparedUnit> batch = gatherer.next();
                if (!batch.isEmpty()) commit(new ArrayList<>(batch));
            }
        } catch (InterruptedException e) {
            LOGGER.warn("the committer was interrupted");
        } finally {
            closing = true;
            failRest();
            writer.close();
        }
    }

    private void commit(List<PreparedUnit> units) {
        try {
            tryUntilDecided(units);
        } catch (RuntimeException e) {
            LOGGER.error("an append failed in a way that was not foreseen", e);
            fail(units, new OutcomeUnknownException("the append failed: " + e, e));
        }
    }

    private void tryUntilDecided(List<PreparedUnit> units) {
        int retries = 0;
        long deadline = System.nanoTime() + settings.resolveTimeout().toNanos();
        while (!units.isEmpty()) {
            switch (writer.append(units)) {
                case Attempt.Stored stored -> {
                    complete(
                            units,
                            stored.head().size() - events(units),
                            stored.head().recordedTimeMicros());
                    return;
                }
                case Attempt.Stale stale -> {
                    if (System.nanoTime() > deadline) fail(units, busy(null));
                    else pause(retries++);
                }
                case Attempt.Again again -> {
                    if (retries++ >= MAX_RETRIES) fail(units, busy(again.cause()));
                    else pause(retries);
                }
                case Attempt.Taken taken -> {
                    taken.losers()
                            .forEach((unit, reason) -> unit.future.completeExceptionally(reason));
                    units.removeAll(taken.losers().keySet());
                }
                case Attempt.Refused refused -> fail(units, refused.cause());
                case Attempt.Unknown unknown -> {
                    LOGGER.warn(
                            "the outcome of an append is not known; fencing and looking it up",
                            unknown.cause());
                    if (resolve(units, unknown.cause(), deadline)) return;
                    if (retries++ >= MAX_RETRIES) fail(units, busy(unknown.cause()));
                }
            }
        }
    }

    /**
     * True when the batch is decided; false when it is certain that nothing of it is stored and it
     * is to be sent again.
     */
    private boolean resolve(List<PreparedUnit> units, Exception cause, long deadline) {
        while (true) {
            try {
                HeadWriter.@Nullable Found found = writer.resolve(units);
                if (found != null)
                    complete(units, found.firstPosition(), found.recordedTimeMicros());
                return found != null;
            } catch (SQLException e) {
                if (System.nanoTime() > deadline) {
                    fail(
                            units,
                            new OutcomeUnknownException(
                                    "the database did not answer and cannot be asked; whether the events are stored is not known",
                                    cause));
                    return true;
                }
                LockSupport.parkNanos(RESOLVE_PAUSE_NANOS);
            }
        }
    }

    /** Readers are told before the callers: whoever has its answer finds it announced. */
    private void complete(List<PreparedUnit> units, long firstPosition, long recordedTimeMicros) {
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

    private static void fail(List<PreparedUnit> units, RuntimeException reason) {
        for (PreparedUnit unit : units) unit.future.completeExceptionally(reason);
        units.clear();
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
            thread.join(settings.resolveTimeout().plus(settings.socketTimeout()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
