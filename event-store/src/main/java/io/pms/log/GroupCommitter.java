package io.pms.log;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what all concurrent callers want to append in one transaction, and tells each of them
 * exactly what became of its unit.
 *
 * <p>Two lanes, each a thread with a connection, take turns: while the server commits the packet of
 * one, it takes the rows of the other's, which was made for the head as it will be then. When that
 * head does not come, nothing of the second is stored, and it is decided anew after the first.
 * {@code docs/adr/0002-one-packet-per-batch.md} says why it is built so.
 */
final class GroupCommitter implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(GroupCommitter.class);
    private static final int LANES = 2;

    private final LogSettings settings;
    private final Gatherer gatherer;
    private final PacketChain chain;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final ReentrantLock gathering = new ReentrantLock();
    private volatile boolean closing;

    /**
     * @param knownSize a size that the log has had: nothing is appended when it has fewer events
     * @param onSize told the log's size after each commit, on a committer's thread
     */
    GroupCommitter(
            DatabaseUrl url,
            LogSettings settings,
            InstantSource clock,
            LongSupplier knownSize,
            LongConsumer onSize) {
        this.settings = settings;
        this.gatherer = new Gatherer(settings);
        this.chain = new PacketChain(settings.logId(), clock);
        LastSeen lastSeen = new LastSeen();
        for (int i = 0; i < LANES; i++) {
            HeadWriter writer = new HeadWriter(url, settings, knownSize, lastSeen);
            Lane lane = new Lane(settings, writer, chain, onSize);
            lanes.add(lane);
            String name = "log-committer-" + settings.logId() + "-" + i;
            threads.add(Thread.ofPlatform().name(name).unstarted(() -> run(lane)));
        }
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

    private void run(Lane lane) {
        try {
            lane.connect();
            while (!closing || !gatherer.isEmpty()) takeATurn(lane);
        } catch (InterruptedException e) {
            LOGGER.warn("the committer was interrupted");
        } finally {
            closing = true;
        }
    }

    private void takeATurn(Lane lane) throws InterruptedException {
        Batch batch = gather();
        List<PreparedUnit> losers = new ArrayList<>(batch.late());
        if (!batch.isEmpty()) losers.addAll(decide(lane, batch));
        // The losers are told first: who has won is not the first to come again.
        try {
            gatherer.takeBack(lane.refuseLosers(losers));
        } finally {
            batch.answer();
        }
    }

    /** Takes the batch to its end, and tells the rivals of what is stored. */
    private List<PreparedUnit> decide(Lane lane, Batch batch) {
        List<PreparedUnit> rivals;
        try {
            lane.decide(batch);
        } finally {
            rivals = gatherer.ended(batch);
        }
        if (batch.isStored()) return rivals;
        gatherer.takeBack(rivals);
        return List.of();
    }

    /** The next batch, in its place behind the one before it. */
    private Batch gather() throws InterruptedException {
        gathering.lockInterruptibly();
        try {
            Batch batch = gatherer.next();
            if (!batch.isEmpty()) chain.append(batch);
            return batch;
        } finally {
            gathering.unlock();
        }
    }

    private void failRest() {
        for (PreparedUnit unit : gatherer.drain()) unit.future.completeExceptionally(closed());
    }

    private static RuntimeException closed() {
        return new LogUnavailableException("the log is closed", null);
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
        lanes.forEach(Lane::close);
        failRest();
    }
}
