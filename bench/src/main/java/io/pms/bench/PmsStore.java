package io.pms.bench;

import io.pms.entry.Entry;
import io.pms.entry.EventTypes;
import io.pms.entry.JsonEventTypes;
import io.pms.log.Appended;
import io.pms.log.DatabaseUrl;
import io.pms.log.EventLog;
import io.pms.log.LogSchema;
import io.pms.log.LogSettings;
import io.pms.log.MysqlEventLog;
import io.pms.log.NewEvent;
import io.pms.log.SequenceConflictException;
import io.pms.log.Unit;
import io.pms.log.Unit.CommandStamp;
import io.pms.log.axon.EventSerializer;
import io.pms.log.axon.LogStorageEngine;
import io.pms.log.seal.Sealing;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.jspecify.annotations.Nullable;

/** Our log through its public interface, with the settings that it has by default. */
final class PmsStore implements Store {
    /** What an append writes, besides the head: for ever, and for 24 hours. */
    static final List<String> TABLES = List.of("event", "command_bodies");

    /** Longer than the log takes to tell what became of an append. */
    private static final long APPEND_TIMEOUT_SECONDS = 60;

    /** Fewer than the log lets wait. */
    private static final int FILL_IN_FLIGHT = 4_000;

    private static final String METADATA = "{\"reason\":\"" + Sample.REASON + "\"}";
    private static final byte[] BODY_HASH = new byte[32];

    private final EventTypes types = new JsonEventTypes();
    private final BenchServer.Database database;
    private final MysqlEventLog log;
    private final LogStorageEngine engine;

    private PmsStore(BenchServer.Database database) {
        Serializer serializer = Jackson3Serializer.builder().build();
        this.database = database;
        this.log = MysqlEventLog.open(application(database), LogSettings.defaults());
        this.engine =
                LogStorageEngine.of(
                        log,
                        Sealing.NONE,
                        new EventSerializer(types, serializer),
                        serializer,
                        snapshot -> true);
    }

    /** A new, empty log. */
    static PmsStore create(BenchServer server) {
        BenchServer.Database database = server.newDatabase();
        migrate(database);
        return new PmsStore(database);
    }

    static void migrate(BenchServer.Database database) {
        LogSchema.migrate(DatabaseUrl.parse(database.ownerUrl()), application(database), 0);
    }

    private static DatabaseUrl application(BenchServer.Database database) {
        return DatabaseUrl.parse(database.applicationUrl());
    }

    @Override
    public String name() {
        return "pms";
    }

    @Override
    public BenchServer.Database database() {
        return database;
    }

    EventLog log() {
        return log;
    }

    EventTypes types() {
        return types;
    }

    @Override
    public boolean append(List<Sample> samples) throws Exception {
        try {
            submit(samples).get(APPEND_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SequenceConflictException) return false;
            throw e;
        }
    }

    @Override
    public void fill(Stream<Sample> samples) throws InterruptedException {
        Semaphore inFlight = new Semaphore(FILL_IN_FLIGHT);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        for (Sample sample : (Iterable<Sample>) samples::iterator) {
            inFlight.acquire();
            CompletableFuture<?> _ =
                    submit(List.of(sample))
                            .whenComplete((appended, thrown) -> {
                                if (thrown != null) failure.set(thrown);
                                inFlight.release();
                            });
            if (failure.get() != null) break;
        }
        inFlight.acquire(FILL_IN_FLIGHT);
        if (failure.get() != null) throw new IllegalStateException("not filled", failure.get());
    }

    private CompletableFuture<Appended> submit(List<Sample> samples) {
        Sample first = samples.getFirst();
        CommandStamp command =
                new CommandStamp(first.commandId(), BODY_HASH, first.aggregateId(), -1);
        return log.append(new Unit(samples.stream().map(this::event).toList(), command));
    }

    private NewEvent event(Sample sample) {
        return new NewEvent(
                null,
                types.typeOf(sample.event()),
                sample.aggregateId(),
                sample.sequence(),
                sample.timeMicros(),
                sample.tenant(),
                Sample.ACTOR,
                null,
                null,
                null,
                METADATA,
                null,
                types.write(sample.event()));
    }

    @Override
    public long lastSequence(String aggregateId) {
        return log.lastSequence(aggregateId).orElse(-1L);
    }

    @Override
    public long replay() {
        return replay(entry -> types.read(entry.type(), entry.data()));
    }

    /** Reads all events from the first on, and leaves their data as it is. */
    long replayUndecoded() {
        return replay(Function.identity());
    }

    private long replay(Function<Entry, ?> decoder) {
        LongAdder events = new LongAdder();
        log.streamDecoded(0, decoder, decoded -> events.increment());
        return events.sum();
    }

    @Override
    public DomainEventStream load(String aggregateId) {
        return engine.readEvents(aggregateId);
    }

    @Override
    public void close() {
        log.close();
    }
}
