package io.pms.projection.runtime;

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
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** A log that does what another one does, for those that do something differently. */
abstract class ForwardingLog implements EventLog {
    private final EventLog log;

    ForwardingLog(EventLog log) {
        this.log = log;
    }

    @Override
    public Head head() {
        return log.head();
    }

    @Override
    public List<Entry> read(long from, int limit) {
        return log.read(from, limit);
    }

    @Override
    public List<Entry> readAt(List<Long> positions) {
        return log.readAt(positions);
    }

    @Override
    public List<Entry> readStream(String aggregateId, long fromSequence, int limit) {
        return log.readStream(aggregateId, fromSequence, limit);
    }

    @Override
    public void stream(long from, Consumer<Entry> consumer) {
        log.stream(from, consumer);
    }

    @Override
    public List<Change> changes(long from, int limit) {
        return log.changes(from, limit);
    }

    @Override
    public Optional<Long> lastSequence(String aggregateId) {
        return log.lastSequence(aggregateId);
    }

    @Override
    public Optional<Long> firstPositionAt(long timeMicros) {
        return log.firstPositionAt(timeMicros);
    }

    @Override
    public Optional<Receipt> receipt(UUID commandId) {
        return log.receipt(commandId);
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
        return log.latestSnapshot(aggregateId);
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
