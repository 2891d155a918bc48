package io.pms.backup;

import io.pms.embedded.EmbeddedDatabase;
import io.pms.embedded.SharedServers;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogSchema;
import io.pms.log.LogSettings;
import io.pms.log.MysqlEventLog;
import io.pms.log.NewEvent;
import io.pms.log.Snapshot;
import io.pms.log.Unit;
import io.pms.log.Unit.CommandStamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A database as the platform leaves it: something in every table. */
final class SampleDatabase implements AutoCloseable {
    private final DatabaseUrl owner;
    private final DatabaseUrl application;
    private final MysqlEventLog log;

    SampleDatabase() {
        this(SharedServers.freshDatabase().ownerUrl(), "");
    }

    /** On a server of a test's own. */
    SampleDatabase(EmbeddedDatabase server, String name) {
        this(server.url(name, EmbeddedDatabase.OWNER), "");
    }

    private SampleDatabase(String ownerUrl, String options) {
        this.owner = DatabaseUrl.parse(ownerUrl + options);
        this.application =
                DatabaseUrl.parse(
                        ownerUrl.replace(EmbeddedDatabase.OWNER, EmbeddedDatabase.APPLICATION)
                                .replace("&createDatabaseIfNotExist=true", ""));
        LogSchema.migrate(owner, application, 0);
        LogSchema.migrate(owner, application, 7);
        this.log = MysqlEventLog.open(application, LogSettings.defaults());
    }

    DatabaseUrl owner() {
        return owner;
    }

    DatabaseUrl application() {
        return application;
    }

    MysqlEventLog log() {
        return log;
    }

    /** Rows in every table that an application fills. */
    SampleDatabase fill() {
        append(20);
        log.append(new Unit(List.of(), command("without events"))).join();
        log.storeSnapshot(
                new Snapshot(
                        "a", 5, "id", 0, "Task", "state", null, new byte[0], new byte[] {0, -1}));
        Sql.execute(
                application,
                "INSERT INTO policy_token VALUES ('0.overdue', 0, x'00ff', 'token', '2026-01-01T00:00:00Z', NULL)",
                "INSERT INTO policy_deadline VALUES ('0.overdue', 'task é 🦆', x'7b7d', '2026-03-29 02:30:00.123456',"
                        + " TRUE, NULL, NULL, '1970-01-01 00:00:00.000001', 3, NULL, 9223372036854775807)",
                "INSERT INTO archive VALUES (0, 12, REPEAT(x'07', 32))",
                "INSERT INTO subject_key VALUES (0, 'tenant é', 'ann', 'person-ann', 'k1', 'master', x'00ff10', 1, NULL)",
                "INSERT INTO subject_key VALUES (0, 'tenant é', 'bob', 'person-bob', '', NULL, NULL, 1, 7)");
        return this;
    }

    private static CommandStamp command(String key) {
        UUID id = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
        return new CommandStamp(id, new byte[32], "a", -1);
    }

    /** Appends units of three events, each by a command. */
    void append(int units) {
        for (int i = 0; i < units; i++) {
            String subject = UUID.randomUUID().toString();
            List<NewEvent> events = new ArrayList<>();
            for (int sequence = 0; sequence < 3; sequence++) events.add(event(subject, sequence));
            log.append(new Unit(events, command(subject))).join();
        }
    }

    private static NewEvent event(String subject, int sequence) {
        return new NewEvent(
                null,
                "pms.test.Happened.v1",
                subject,
                sequence,
                1_700_000_000_000_000L + sequence,
                sequence == 0 ? null : "tenant é 🦆 \\ ' \"",
                "actor",
                null,
                sequence == 1 ? UUID.randomUUID().toString() : null,
                null,
                sequence == 2 ? "{\"reason\":\"it must\"}" : null,
                null,
                ("{\"number\":" + sequence + ",\"text\":\"é 🦆 \\\\ ' %s\"}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        log.close();
    }
}
