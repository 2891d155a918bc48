package io.pms.log;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pms.entry.Entry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * The log in a MySQL-compatible database: appends by group commit over a connection of its own,
 * reads over a small pool. Any number of processes may have the same log open; the head row puts
 * their appends in order.
 */
public final class MysqlEventLog implements EventLog, AutoCloseable {
    private final DatabaseUrl url;
    private final LogSettings settings;
    private final HikariDataSource pool;
    private final EventReader reader;
    private final SequenceLookup sequences;
    private final SnapshotStore snapshots;
    private final CommandBodies bodies;
    private final GroupCommitter committer;
    private final LogTail tail;
    private final LogSignal signal;
    private final Subscription signals;
    private final InstantSource clock;

    private final LogMetrics metrics;

    private MysqlEventLog(
            DatabaseUrl url,
            LogSettings settings,
            LogSignal signal,
            InstantSource clock,
            MeterRegistry meters) {
        this.url = url;
        this.settings = settings;
        this.signal = signal;
        this.clock = clock;
        this.pool = pool(url, settings);
        this.reader = new EventReader(pool, settings.logId());
        this.sequences = new SequenceLookup(reader, settings.logId());
        this.snapshots = new SnapshotStore(reader, settings.logId());
        this.bodies = new CommandBodies(reader, settings.logId());
        this.tail =
                new LogTail(() -> reader.head().size(), settings.pollInterval(), settings.logId());
        this.committer = new GroupCommitter(url, settings, clock, tail::size, this::committed);
        this.signals = signal.listen(settings.logId(), tail::advance);
        this.metrics = new LogMetrics(meters, tail::size);
    }

    /**
     * Opens a log that {@link LogSchema#migrate} has made.
     *
     * @throws LogUnavailableException when the database cannot be reached
     */
    public static MysqlEventLog open(DatabaseUrl url, LogSettings settings) {
        return open(
                url, settings, LogSignal.NONE, InstantSource.system(), new SimpleMeterRegistry());
    }

    /**
     * @param signal how processes tell each other that the log has grown
     * @param clock tells recorded time
     * @param meters where operators see it
     */
    public static MysqlEventLog open(
            DatabaseUrl url,
            LogSettings settings,
            LogSignal signal,
            InstantSource clock,
            MeterRegistry meters) {
        MysqlEventLog log = new MysqlEventLog(url, settings, signal, clock, meters);
        try {
            log.tail.advance(log.reader.head().size());
        } catch (RuntimeException e) {
            log.signals.close();
            log.pool.close();
            throw e;
        }
        log.tail.start();
        log.committer.start();
        return log;
    }

    private static HikariDataSource pool(DatabaseUrl url, LogSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("log-" + settings.logId());
        config.setJdbcUrl(
                url.with(
                        "useServerPrepStmts=true&cachePrepStmts=true&prepStmtCacheSqlLimit=4096&connectTimeout=5000&socketTimeout="
                                + settings.socketTimeout().toMillis()));
        config.setMaximumPoolSize(settings.readConnections());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(5_000);
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw LogUnavailableException.unreachable(url, e);
        }
    }

    DatabaseUrl url() {
        return url;
    }

    int logId() {
        return settings.logId();
    }

    private void committed(long size) {
        tail.advance(size);
        signal.publish(settings.logId(), size);
    }

    @Override
    public Head head() {
        return reader.head().toHead(settings.logId());
    }

    /**
     * The size as far as this process knows it, without asking the database; never more than the
     * committed size.
     */
    public long knownSize() {
        return tail.size();
    }

    @Override
    public List<Entry> read(long from, int limit) {
        return reader.read(from, limit);
    }

    @Override
    public List<Entry> readAt(List<Long> positions) {
        return reader.readAt(positions);
    }

    @Override
    public List<Entry> readStream(String aggregateId, long fromSequence, int limit) {
        return reader.readStream(aggregateId, fromSequence, limit);
    }

    @Override
    public void stream(long from, Consumer<Entry> consumer) {
        reader.stream(from, Function.identity(), consumer);
    }

    @Override
    public <T> void streamDecoded(
            long from, Function<Entry, T> decoder, Consumer<? super T> consumer) {
        reader.stream(from, decoder, consumer);
    }

    @Override
    public List<Change> changes(long from, int limit) {
        return reader.changes(from, limit);
    }

    @Override
    public Optional<Long> lastSequence(String aggregateId) {
        return sequences.last(aggregateId);
    }

    @Override
    public Optional<Long> firstPositionAt(long timeMicros) {
        return reader.firstPositionAt(timeMicros);
    }

    @Override
    public Optional<Receipt> receipt(UUID commandId) {
        return reader.receipt(commandId);
    }

    @Override
    public void storeSnapshot(Snapshot snapshot) {
        snapshots.store(snapshot);
    }

    @Override
    public Optional<Snapshot> latestSnapshot(String aggregateId) {
        return snapshots.latest(aggregateId);
    }

    @Override
    public CompletableFuture<Appended> append(Unit unit) {
        if (unit.events().size() > settings.maxUnitEvents())
            throw new IllegalArgumentException(
                    "a unit has at most "
                            + settings.maxUnitEvents()
                            + " events, not "
                            + unit.events().size());
        try {
            PreparedUnit prepared = PreparedUnit.of(settings.logId(), unit);
            long start = System.nanoTime();
            committer.submit(prepared);
            return prepared.future.whenComplete(
                    (appended, failure) -> metrics.appended(start, appended, failure));
        } catch (EntryTooLargeException | SequenceConflictException | DuplicateEventException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public long awaitBeyond(long position, Duration timeout) throws InterruptedException {
        return tail.awaitBeyond(position, timeout);
    }

    @Override
    public Subscription subscribe(LongConsumer onSize) {
        return tail.subscribe(onSize);
    }

    /** Forgets the bodies of commands that are older than 24 hours. To be called now and then. */
    public void forgetOldBodies() {
        bodies.forgetBefore(clock.instant());
    }

    public boolean isClosed() {
        return pool.isClosed();
    }

    /** Appends what was handed over, then closes. */
    @Override
    public void close() {
        committer.close();
        signals.close();
        tail.close();
        pool.close();
    }
}
