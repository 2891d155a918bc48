package io.pms.log;

import io.pms.log.Packet.Order;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches to their end over one connection: all of a batch is stored, or its callers know why
 * not. Used by one thread.
 */
final class Lane implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Lane.class);

    /** A refusal by the database's own locks is rare; this many in a row are no accident. */
    private static final int MAX_RETRIES = 20;

    /** A writer that lost to others so often in a row stops what they have under way. */
    private static final int LOST_BEFORE_FENCE = 3;

    /** Between attempts to find out what became of a batch. */
    private static final long RESOLVE_PAUSE_NANOS = 100_000_000;

    private final LogSettings settings;
    private final HeadWriter writer;
    private final PacketChain chain;
    private final LongConsumer onSize;

    Lane(LogSettings settings, HeadWriter writer, PacketChain chain, LongConsumer onSize) {
        this.settings = settings;
        this.writer = writer;
        this.chain = chain;
        this.onSize = onSize;
    }

    /** Opens its connection before it is needed, where that can be done now. */
    void connect() {
        try {
            writer.head();
        } catch (SQLException | LogUnavailableException e) {
            LOGGER.debug("no connection yet; an append tells more", e);
        }
    }

    /**
     * Decides the batch; its callers are told by {@link Batch#answer}, or already when it failed.
     */
    void decide(Batch batch) {
        HeadRow after = null;
        try {
            after = new Decision(batch).reach();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            batch.fail(new OutcomeUnknownException("the append was interrupted", e));
        } catch (RuntimeException e) {
            LOGGER.error("an append failed in a way that was not foreseen", e);
            batch.fail(new OutcomeUnknownException("the append failed: " + e, e));
        } finally {
            batch.decided(after);
        }
    }

    /** Tells units that want what is taken by now; the others are answered with. */
    List<PreparedUnit> refuseLosers(List<PreparedUnit> units) {
        if (units.isEmpty()) return units;
        try {
            Map<PreparedUnit, RuntimeException> losers = writer.losers(units);
            losers.forEach((unit, reason) -> unit.future.completeExceptionally(reason));
            return units.stream().filter(unit -> !losers.containsKey(unit)).toList();
        } catch (SQLException | RuntimeException e) {
            LOGGER.debug("could not look; an append of their own tells", e);
            return units;
        }
    }

    /** The way of one batch. */
    private final class Decision {
        private final Batch batch;
        private final long deadline = System.nanoTime() + settings.resolveTimeout().toNanos();
        private @Nullable HeadRow after;
        private int retries;
        private int lost;

        Decision(Batch batch) {
            this.batch = batch;
        }

        /** The head that the batch left; null when that is not known. */
        @Nullable HeadRow reach() throws InterruptedException {
            settle(first());
            while (!batch.isSettled()) settle(again());
            return after;
        }

        /** On the head that is expected; if it does not come, what is before must be decided. */
        private Attempt first() throws InterruptedException {
            Packet early = batch.early();
            if (early == null) return again();
            Attempt attempt = writer.append(batch.units(), early);
            if (attempt instanceof Attempt.Stored) return attempt;
            chain.broken();
            batch.awaitPrevious();
            return attempt;
        }

        /** On the head as it is. */
        private Attempt again() {
            try {
                Packet packet = chain.packet(writer.head(), batch, Order.HEAD_FIRST);
                return writer.append(batch.units(), packet);
            } catch (LogUnavailableException e) {
                return new Attempt.Refused(e);
            } catch (SQLException e) {
                return new Attempt.Refused(HeadWriter.unreachable(e));
            }
        }

        private void settle(Attempt attempt) {
            switch (attempt) {
                case Attempt.Stored stored -> {
                    after = stored.packet().after();
                    stored(stored.packet());
                }
                case Attempt.Stale stale -> lost();
                case Attempt.Again again -> pauseAfter(again.cause());
                case Attempt.Taken taken -> taken.losers().forEach(batch::fail);
                case Attempt.Refused refused -> batch.fail(refused.cause());
                case Attempt.Unknown unknown -> {
                    LOGGER.warn(
                            "the outcome of an append is not known; fencing and looking it up",
                            unknown.cause());
                    resolve(unknown.sent(), unknown.cause());
                }
            }
        }

        private void stored(Packet packet) {
            long first = packet.before().size();
            batch.stored(first, packet.after().recordedTimeMicros(), onSize);
        }

        private void lost() {
            if (System.nanoTime() > deadline) batch.fail(busy(null));
            else if (++lost % LOST_BEFORE_FENCE == 0) fence();
            else pause(lost);
        }

        /** Everybody's packets under way are stale after it, so that all have the same chance. */
        private void fence() {
            try {
                writer.fence();
            } catch (SQLException e) {
                LOGGER.debug("could not fence; the next attempt tells more", e);
            }
        }

        private void pauseAfter(Exception cause) {
            if (retries++ >= MAX_RETRIES) batch.fail(busy(cause));
            else pause(retries);
        }

        /** Leaves the batch as it is when it is certain that nothing of it is stored. */
        private void resolve(Packet sent, Exception cause) {
            while (true) {
                try {
                    if (writer.resolve(sent, batch.units())) stored(sent);
                    else pauseAfter(cause);
                    return;
                } catch (SQLException e) {
                    if (System.nanoTime() > deadline) {
                        batch.fail(unknown(cause));
                        return;
                    }
                    LockSupport.parkNanos(RESOLVE_PAUSE_NANOS);
                }
            }
        }
    }

    private static RuntimeException unknown(Exception cause) {
        return new OutcomeUnknownException(
                "the database did not answer and cannot be asked; whether the events are stored is not known",
                cause);
    }

    private static RuntimeException busy(@Nullable Exception cause) {
        return new LogUnavailableException(
                "too many writers, or a database that is too busy; retry later", cause);
    }

    /** Writers that met at the head part by chance. */
    private static void pause(int retries) {
        long most = Math.min(100_000L << Math.min(retries, 8), 20_000_000L);
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most));
    }

    @Override
    public void close() {
        writer.close();
    }
}
