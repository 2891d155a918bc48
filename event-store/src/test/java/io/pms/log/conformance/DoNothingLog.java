package io.pms.log.conformance;

import io.pms.entry.Entry;
import io.pms.log.Appended;
import io.pms.log.EventLog;
import io.pms.log.Head;
import io.pms.log.MerkleFrontier;
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

/** A store that answers friendly and keeps nothing: no test of a suite may be content with it. */
final class DoNothingLog implements EventLog, LogUnderTest, LogUnderTest.Wire {
    @Override
    public EventLog open() {
        return this;
    }

    @Override
    public Wire openBehindAWire() {
        return this;
    }

    @Override
    public String problem() {
        return null;
    }

    @Override
    public EventLog log() {
        return this;
    }

    @Override
    public Head head() {
        return new Head(0, "nothing", 0, 0, 0, new MerkleFrontier().root(), 0);
    }

    @Override
    public CompletableFuture<Appended> append(Unit unit) {
        return CompletableFuture.completedFuture(new Appended(0, unit.events().size(), 0));
    }

    @Override
    public List<Entry> read(long from, int limit) {
        return List.of();
    }

    @Override
    public List<Entry> readAt(List<Long> positions) {
        return List.of();
    }

    @Override
    public List<Entry> readStream(String aggregateId, long fromSequence, int limit) {
        return List.of();
    }

    @Override
    public void stream(long from, Consumer<Entry> consumer) {}

    @Override
    public List<Change> changes(long from, int limit) {
        return List.of();
    }

    @Override
    public Optional<Long> lastSequence(String aggregateId) {
        return Optional.empty();
    }

    @Override
    public Optional<Long> firstPositionAt(long timeMicros) {
        return Optional.empty();
    }

    @Override
    public Optional<Receipt> receipt(UUID commandId) {
        return Optional.empty();
    }

    @Override
    public void storeSnapshot(Snapshot snapshot) {}

    @Override
    public Optional<Snapshot> latestSnapshot(String aggregateId) {
        return Optional.empty();
    }

    @Override
    public long awaitBeyond(long position, Duration timeout) {
        return 0;
    }

    @Override
    public Subscription subscribe(LongConsumer onSize) {
        return () -> {};
    }

    @Override
    public void cutBeforeItArrives() {}

    @Override
    public void cutBeforeItIsAnswered() {}

    @Override
    public void hold() {}

    @Override
    public void deliver() {}

    @Override
    public void deliverWhenItsSenderIsBack() {}

    @Override
    public boolean hasBroken() {
        return false;
    }

    @Override
    public void refuseNewConnections(boolean refuse) {}

    @Override
    public void close() {}
}
