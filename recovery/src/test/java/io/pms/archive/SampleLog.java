package io.pms.archive;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pms.embedded.SharedServers;
import io.pms.entry.EntryCodec;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogLoader;
import io.pms.log.LogSchema;
import io.pms.log.LogSettings;
import io.pms.log.LogSignal;
import io.pms.log.LogVerifier;
import io.pms.log.MerkleFrontier;
import io.pms.log.MysqlEventLog;
import io.pms.log.NewEvent;
import io.pms.log.Unit;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** A fresh log with events that mean nothing. */
public final class SampleLog implements AutoCloseable {
    private final SharedServers.Database database = SharedServers.freshDatabase();
    private final DatabaseUrl owner = DatabaseUrl.parse(database.ownerUrl());
    private final DatabaseUrl application = DatabaseUrl.parse(database.applicationUrl());
    private final MysqlEventLog log;

    public SampleLog() {
        this(InstantSource.system());
    }

    /**
     * @param clock of the process that appends
     */
    public SampleLog(InstantSource clock) {
        this(clock, owner -> {});
    }

    private SampleLog(InstantSource clock, Consumer<DatabaseUrl> fill) {
        fill.accept(owner);
        LogSchema.migrate(owner, application, 0);
        log =
                MysqlEventLog.open(
                        application,
                        LogSettings.defaults(),
                        LogSignal.NONE,
                        clock,
                        new SimpleMeterRegistry());
    }

    /** The same log, in another database, before some of its events. */
    public SampleLog asItWasAt(int size) {
        List<byte[]> entries = log.read(0, size).stream().map(EntryCodec::encode).toList();
        MerkleFrontier tree = new MerkleFrontier();
        entries.forEach(tree::append);
        return new SampleLog(
                InstantSource.system(),
                owner -> {
                    try (LogLoader loader = LogLoader.begin(owner, 0)) {
                        loader.load(0, entries);
                        loader.finish(log.head().origin(), tree, LogVerifier.Progress.NONE);
                    }
                });
    }

    public MysqlEventLog log() {
        return log;
    }

    public DatabaseUrl owner() {
        return owner;
    }

    public DatabaseUrl application() {
        return application;
    }

    /** Appends so many events, as different as events are. */
    public void append(int events) {
        for (int done = 0; done < events; ) {
            int size = Math.min(200, events - done);
            List<NewEvent> unit = new ArrayList<>();
            String subject = UUID.randomUUID().toString();
            for (int i = 0; i < size; i++) unit.add(event(subject, i));
            log.append(new Unit(unit, null)).join();
            done += size;
        }
    }

    private static NewEvent event(String subject, int sequence) {
        String text = "é\\\"' \u0000 ".replace("\u0000", "") + "x".repeat(sequence % 50);
        return new NewEvent(
                null,
                "pms.test.Happened.v1",
                subject,
                sequence,
                1_700_000_000_000_000L + sequence,
                sequence % 3 == 0 ? null : "tenant",
                sequence % 5 == 0 ? null : "actor",
                sequence % 7 == 0 ? "correlation" : null,
                sequence % 11 == 0 ? UUID.randomUUID().toString() : null,
                null,
                sequence % 13 == 0 ? "{\"reason\":\"it must be\"}" : null,
                null,
                ("{\"number\":"
                                + sequence
                                + ",\"text\":\""
                                + text.replace("\\", "\\\\").replace("\"", "\\\"")
                                + "\"}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        log.close();
    }
}
