package io.pms.bench;

import io.pms.entry.EventTypes;
import io.pms.entry.JsonEventTypes;
import io.pms.log.Appended;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogSchema;
import io.pms.log.LogSettings;
import io.pms.log.MysqlEventLog;
import io.pms.log.NewEvent;
import io.pms.log.SequenceConflictException;
import io.pms.log.Unit;
import io.pms.log.Unit.CommandStamp;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Our log through its public interface, with the settings that it has by default. */
final class PmsStore implements Store {
    /** Longer than the log takes to tell what became of an append. */
    private static final long APPEND_TIMEOUT_SECONDS = 60;

    private static final String METADATA = "{\"reason\":\"" + Sample.REASON + "\"}";
    private static final byte[] BODY_HASH = new byte[32];

    private final EventTypes types = new JsonEventTypes();
    private final BenchServer.Database database;
    private final MysqlEventLog log;

    private PmsStore(BenchServer.Database database) {
        this.database = database;
        this.log = MysqlEventLog.open(application(database), LogSettings.defaults());
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

    BenchServer.Database database() {
        return database;
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

    /** Appends without waiting. */
    CompletableFuture<Appended> submit(List<Sample> samples) {
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
                System.currentTimeMillis() * 1_000,
                Sample.TENANT,
                Sample.ACTOR,
                null,
                null,
                null,
                METADATA,
                null,
                types.write(sample.event()));
    }

    @Override
    public void close() {
        log.close();
    }
}
