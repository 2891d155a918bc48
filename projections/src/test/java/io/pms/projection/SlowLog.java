package io.pms.projection;

import io.pms.entry.Entry;
import io.pms.log.Appended;
import io.pms.log.EventLog;
import io.pms.log.Head;
import io.pms.log.Receipt;
import io.pms.log.Snapshot;
import io.pms.log.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** A log whose answers arrive late: they say what was so a moment ago, and less than was asked. */
final class SlowLog implements EventLog {
    private final EventLog log;
    private final int millis;

    /**
     * @param millis how long an answer is under way at most
     */
    SlowLog(EventLog log, int millis) {
        this.log = log;
        this.millis = millis;
    }

    private <T> T late(T answer) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(millis + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return answer;
    }

    @Override
    public Head head() {
        return late(log.head());
    }

    @Override
    public List<Entry> read(long from, int limit) {
        return late(log.read(from, 1 + ThreadLocalRandom.current().nextInt(limit)));
    }

    @Override
    public List<Entry> readAt(List<Long> positions) {
        return late(log.readAt(positions));
    }

    @Override
    public List<Entry> readStream(String aggregateId, long fromSequence, int limit) {
        return late(log.readStream(aggregateId, fromSequence, limit));
    }

    @Override
    public void stream(long from, Consumer<Entry> consumer) {
        log.stream(from, consumer);
    }

    @Override
    public List<Change> changes(long from, int limit) {
        return late(log.changes(from, limit));
    }

    @Override
    public Optional<Long> lastSequence(String aggregateId) {
        return late(log.lastSequence(aggregateId));
    }

    @Override
    public Optional<Long> firstPositionAt(long timeMicros) {
        return late(log.firstPositionAt(timeMicros));
    }

    @Override
    public Optional<Receipt> receipt(UUID commandId) {
        return late(log.receipt(commandId));
    }

    @Override
    public CompletableFuture<Appended> append(Unit unit) {
        return log.append(unit);
    }

    @Override
    public void storeSnapshot(Snapshot snapshot) {
        log.storeSnapshot(snapshot);
    }

    @Override
    public Optional<Snapshot> latestSnapshot(String aggregateId) {
        return late(log.latestSnapshot(aggregateId));
    }

    @Override
    public long awaitBeyond(long position, Duration timeout) throws InterruptedException {
        return log.awaitBeyond(position, timeout);
    }

    @Override
    public Subscription subscribe(LongConsumer onSize) {
        return log.subscribe(onSize);
    }
}
