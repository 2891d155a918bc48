package io.pms.log.seal;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pms.embedded.SharedServers;
import io.pms.entry.EventTypes;
import io.pms.entry.JsonEventTypes;
import io.pms.entry.PersonIds;
import io.pms.event.Event;
import io.pms.event.PersonEvent.PersonErased;
import io.pms.event.PersonEvent.PersonRegistered;
import io.pms.event.Personal;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogSchema;
import io.pms.log.LogSettings;
import io.pms.log.MysqlEventLog;
import io.pms.log.NewEvent;
import io.pms.log.Unit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A log with keys in a fresh database. Each {@link Process} stands for one. */
final class KeyRig implements AutoCloseable {
    static final String TENANT = "acme";

    final SharedServers.Database database = SharedServers.freshDatabase();
    final Path file = SharedServers.temporary("keys").resolve("master.key");
    final EventTypes types = new JsonEventTypes();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    KeyRig() {
        LogSchema.migrate(
                DatabaseUrl.parse(database.ownerUrl()),
                DatabaseUrl.parse(database.applicationUrl()),
                0);
        MasterKeys.make(file);
    }

    /** What one process has. */
    final class Process {
        final MeterRegistry meters = new SimpleMeterRegistry();
        final SealStatus status = new SealStatus(System::nanoTime);
        final MysqlEventLog log;
        final SubjectKeys table;
        final KeyRing keys;
        final PersonalSeals seals;

        private Process(LostKeys lostKeys) {
            DatabaseUrl url = DatabaseUrl.parse(database.applicationUrl());
            log = opened(MysqlEventLog.open(url, LogSettings.defaults()));
            table = opened(SubjectKeys.open(url, 0));
            keys = new KeyRing(table, MasterKeys.read(file), lostKeys);
            seals = new PersonalSeals(keys, lostKeys, status, meters);
        }

        /** From here on it hears of erasures. */
        Process follow() {
            opened(new Erasures(log, types, table, keys, status, meters)).start();
            return this;
        }

        Personal.Sealed seal(String person, String text) {
            Event sealed =
                    seals.seal(
                            TENANT,
                            new PersonRegistered(person, new Personal.Clear(person, text), null));
            return (Personal.Sealed) ((PersonRegistered) sealed).name();
        }

        String open(Personal text) {
            return seals.open(TENANT, text).text();
        }

        /** Stores the event alone, as a process does that dies right after. */
        long erasedInTheLog(String person) {
            String record = PersonIds.erasureId(TENANT, person);
            return append(new PersonErased(record, person));
        }

        long append(Event event) {
            long sequence = log.lastSequence(event.aggregateId()).orElse(-1L) + 1;
            NewEvent stored =
                    new NewEvent(
                            null,
                            types.typeOf(event),
                            event.aggregateId(),
                            sequence,
                            1_700_000_000_000_000L,
                            TENANT,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            types.write(event));
            return log.append(new Unit(List.of(stored), null)).join().firstPosition();
        }
    }

    Process process() {
        return process(LostKeys.REFUSED);
    }

    Process process(LostKeys lostKeys) {
        return new Process(lostKeys);
    }

    /** As the owner. The first column of each row. */
    List<String> query(String sql) {
        try (Connection connection = DriverManager.getConnection(database.ownerUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) found.add(rows.getString(1));
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the owner. */
    void execute(String... statements) {
        executeAt(database.ownerUrl(), statements);
    }

    static void executeAt(String url, String... statements) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean hasKey(String person) {
        return query(
                        "SELECT wrapped IS NOT NULL FROM subject_key WHERE subject = '%s'"
                                .formatted(person))
                .equals(List.of("1"));
    }

    /** The table as it is now, to come back later. */
    void backUpKeys() {
        execute("CREATE TABLE backup AS SELECT * FROM subject_key");
    }

    void restoreKeys() {
        execute("TRUNCATE subject_key", "INSERT INTO subject_key SELECT * FROM backup");
    }

    DatabaseUrl application() {
        return DatabaseUrl.parse(database.applicationUrl());
    }

    /** What was backed up goes into the table. */
    void eachBackedUp(KeysFromBackup keys) {
        String sql = "SELECT tenant, subject, key_id, master_key, wrapped, erased FROM backup";
        try (Connection connection = DriverManager.getConnection(database.ownerUrl());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next())
                if (row.getBytes(5) == null)
                    keys.addDestroyed(row.getString(1), row.getString(2), row.getLong(6));
                else
                    keys.add(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getBytes(5));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) opened.pop().close();
    }
}
