package io.pms.log;

import static io.pms.log.TestLog.aggregate;
import static io.pms.log.TestLog.command;
import static io.pms.log.TestLog.event;
import static io.pms.log.TestLog.execute;
import static io.pms.log.TestLog.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.embedded.SharedServers;
import io.pms.entry.CommandIds;
import io.pms.entry.Entry;
import io.pms.entry.EntryCodec;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MysqlEventLogTest {
    private SharedServers.Database database;
    private MysqlEventLog log;

    @BeforeEach
    void open() {
        database = TestLog.freshDatabase();
        log = TestLog.open(database);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Nested
    class Append {
        @Test
        void refusesWhatItsColumnsDoNotHoldBeforeItReachesABatch() {
            NewEvent fits = event(aggregate(), 0);
            NewEvent tooLong =
                    new NewEvent(
                            null,
                            fits.type(),
                            aggregate(),
                            0,
                            0,
                            "t".repeat(256),
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            fits.data());
            assertThatThrownBy(() -> log.append(unit(tooLong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("tenant has 256 characters; at most 255");
            assertThat(log.append(unit(fits)).join().firstPosition()).isZero();
        }

        @Test
        void givesPositionsWithoutGapsAndTheSameEntriesBack() {
            String a = aggregate();
            Appended first =
                    log.append(unit(event(a, 0), event(a, 1, "{\"text\":\"a'b\\\\c\\n ü 🙂\"}")))
                            .join();
            Appended second = log.append(unit(event("named", 0))).join();
            assertThat(first.firstPosition()).isZero();
            assertThat(first.lastPosition()).isEqualTo(1);
            assertThat(second.firstPosition()).isEqualTo(2);
            List<Entry> entries = log.read(0, 10);
            assertThat(entries).extracting(Entry::position).containsExactly(0L, 1L, 2L);
            assertThat(new String(entries.get(1).data(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"text\":\"a'b\\\\c\\n ü 🙂\"}");
            assertThat(entries.get(1).metadata())
                    .isEqualTo("{\"reason\":\"it's a \\\\test\\u0000 ü\"}");
            assertThat(entries.get(2).subject()).isEqualTo("named");
            for (Entry entry : entries) {
                byte[] bytes = EntryCodec.encode(entry);
                assertThat(EntryCodec.encode(EntryCodec.decode(bytes))).isEqualTo(bytes);
            }
            assertThat(LogVerifier.verify(log).problem()).isNull();
        }

        @Test
        void rejectsOnlyTheUnitWhoseSequenceIsTaken() {
            String a = aggregate();
            log.append(unit(event(a, 0))).join();
            List<CompletableFuture<Appended>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++)
                answers.add(
                        log.append(
                                i == 7
                                        ? unit(event(aggregate(), 0), event(a, 0))
                                        : unit(event(aggregate(), 0))));
            for (int i = 0; i < 20; i++) {
                CompletableFuture<Appended> answer = answers.get(i);
                if (i == 7)
                    assertThatThrownBy(answer::join)
                            .hasCauseInstanceOf(SequenceConflictException.class)
                            .hasMessageContaining(a);
                else assertThat(answer.join()).isNotNull();
            }
            assertThat(log.head().size()).isEqualTo(20);
        }

        @Test
        void rejectsTheSameSequenceTwiceInOneUnit() {
            String a = aggregate();
            assertThatThrownBy(() -> log.append(unit(event(a, 0), event(a, 0))).join())
                    .hasCauseInstanceOf(SequenceConflictException.class);
            assertThat(log.head().size()).isZero();
        }

        @Test
        void refusesAnEntryThatIsTooLongBeforeAnythingIsWritten() {
            assertThatThrownBy(() ->
                            log.append(
                                            unit(
                                                    event(
                                                            aggregate(),
                                                            0,
                                                            "\"" + "x".repeat(65_400) + "\"")))
                                    .join())
                    .hasCauseInstanceOf(EntryTooLargeException.class);
            log.append(unit(event(aggregate(), 0, "\"" + "x".repeat(64_000) + "\""))).join();
            assertThat(log.head().size()).isEqualTo(1);
        }

        @Test
        void refusesWhileTheClockLeadsTheDatabases() {
            InstantSource ahead = () -> Instant.now().plusSeconds(60);
            try (MysqlEventLog wrong =
                    MysqlEventLog.open(
                            DatabaseUrl.parse(database.applicationUrl()),
                            LogSettings.defaults(),
                            LogSignal.NONE,
                            ahead,
                            new io.micrometer.core.instrument.simple.SimpleMeterRegistry())) {
                assertThatThrownBy(() -> wrong.append(unit(event(aggregate(), 0))).join())
                        .hasCauseInstanceOf(LogUnavailableException.class)
                        .hasMessageContaining("clock");
            }
            assertThat(log.append(unit(event(aggregate(), 0))).join().firstPosition()).isZero();
        }

        @Test
        void neverLetsRecordedTimeGoBack() {
            log.append(unit(event(aggregate(), 0))).join();
            InstantSource behind = () -> Instant.now().minusSeconds(3600);
            try (MysqlEventLog late =
                    MysqlEventLog.open(
                            DatabaseUrl.parse(database.applicationUrl()),
                            LogSettings.defaults(),
                            LogSignal.NONE,
                            behind,
                            new io.micrometer.core.instrument.simple.SimpleMeterRegistry())) {
                late.append(unit(event(aggregate(), 0))).join();
            }
            List<Entry> entries = log.read(0, 2);
            assertThat(entries.get(1).recordedTimeMicros())
                    .isGreaterThanOrEqualTo(entries.get(0).recordedTimeMicros());
        }
    }

    @Nested
    class Idempotency {
        @Test
        void acceptsACommandOnceAndKeepsItsFirstAnswer() {
            UUID id = CommandIds.commandId("acme", "k");
            String a = aggregate();
            log.append(unit(event(aggregate(), 0))).join();
            log.append(command(id, a, event(a, 0), event(a, 1), event(a, 2))).join();
            log.append(unit(event(aggregate(), 0))).join();
            assertThatThrownBy(() -> log.append(command(id, a, event(a, 3))).join())
                    .hasCauseInstanceOf(DuplicateEventException.class);
            Receipt receipt = log.receipt(id).orElseThrow();
            assertThat(receipt.aggregateId()).isEqualTo(a);
            assertThat(receipt.sequence()).isEqualTo(2);
            assertThat(receipt.position()).isEqualTo(3);
            assertThat(receipt.bodyHash()).isEqualTo(new byte[32]);
            assertThat(log.read(1, 1).getFirst().commandId()).isEqualTo(id);
            assertThat(log.receipt(UUID.randomUUID())).isEmpty();
        }

        @Test
        void keepsAReceiptOfACommandThatChangedNothing() {
            UUID id = CommandIds.commandId("acme", "nothing");
            String a = aggregate();
            log.append(command(id, a)).join();
            assertThat(log.receipt(id))
                    .hasValueSatisfying(receipt -> assertThat(receipt.sequence()).isEqualTo(5));
            assertThatThrownBy(() -> log.append(command(id, a, event(a, 0))).join())
                    .hasCauseInstanceOf(DuplicateEventException.class);
            assertThatThrownBy(() -> log.append(command(id, a)).join())
                    .hasCauseInstanceOf(DuplicateEventException.class);
            UUID other = CommandIds.commandId("acme", "something");
            log.append(command(other, a, event(a, 0))).join();
            assertThatThrownBy(() -> log.append(command(other, a)).join())
                    .hasCauseInstanceOf(DuplicateEventException.class);
            assertThat(log.head().size()).isEqualTo(1);
        }

        @Test
        void storesOneOfManyConcurrentRepeats() {
            UUID id = CommandIds.commandId("acme", "race");
            List<CompletableFuture<Appended>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++)
                answers.add(log.append(command(id, "a" + i, event("a" + i, 0))));
            long stored =
                    answers.stream()
                            .filter(answer -> answer.handle((ok, e) -> e == null).join())
                            .count();
            assertThat(stored).isEqualTo(1);
            assertThat(log.head().size()).isEqualTo(1);
        }

        @Test
        void forgetsBodiesAfterADay() {
            UUID id = CommandIds.commandId("acme", "old");
            InstantSource yesterday = () -> Instant.now().minus(Duration.ofHours(25));
            try (MysqlEventLog then =
                    MysqlEventLog.open(
                            DatabaseUrl.parse(database.applicationUrl()),
                            LogSettings.defaults(),
                            LogSignal.NONE,
                            yesterday,
                            new io.micrometer.core.instrument.simple.SimpleMeterRegistry())) {
                then.append(command(id, "a", event("a", 0))).join();
                then.append(command(new UUID(1, 1), "a")).join();
            }
            UUID young = CommandIds.commandId("acme", "young");
            log.append(command(young, "b", event("b", 0))).join();
            log.forgetOldBodies();
            assertThat(log.receipt(id).orElseThrow().bodyHash()).isNull();
            assertThat(log.receipt(new UUID(1, 1)).orElseThrow().bodyHash()).isNull();
            assertThat(log.receipt(young).orElseThrow().bodyHash()).isNotNull();
        }
    }

    @Nested
    class ManyWriters {
        @Test
        void keepTheLogGapFreeAndEveryAcknowledgedEventInIt() {
            long seed = Long.getLong("pms.seed", System.nanoTime());
            System.out.println("seed " + seed);
            List<String> streams = new ArrayList<>();
            for (int i = 0; i < 6; i++) streams.add("stream-" + i);
            ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
            AtomicInteger conflicts = new AtomicInteger();
            try (MysqlEventLog second = TestLog.open(database);
                    MysqlEventLog third = TestLog.open(database);
                    var clients = Executors.newVirtualThreadPerTaskExecutor()) {
                List<MysqlEventLog> logs = List.of(log, second, third);
                for (int client = 0; client < 48; client++) {
                    Random random = new Random(seed + client);
                    clients.submit(() -> {
                        for (int i = 0; i < 25; i++) {
                            MysqlEventLog writer = logs.get(random.nextInt(3));
                            String stream = streams.get(random.nextInt(streams.size()));
                            long next =
                                    writer.lastSequence(stream).map(last -> last + 1).orElse(0L);
                            String own = aggregate();
                            try {
                                writer.append(unit(event(stream, next), event(own, 0))).join();
                                acknowledged.add(stream + "/" + next);
                                acknowledged.add(own + "/0");
                            } catch (CompletionException e) {
                                assertThat(e).hasCauseInstanceOf(SequenceConflictException.class);
                                conflicts.incrementAndGet();
                            }
                        }
                        return null;
                    });
                }
            }
            List<String> stored = new ArrayList<>();
            log.stream(
                    0,
                    entry -> {
                        assertThat(entry.position()).isEqualTo(stored.size());
                        stored.add(entry.subject() + "/" + entry.sequence());
                    });
            assertThat(stored)
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(acknowledged);
            assertThat(stored).hasSize(2 * (48 * 25 - conflicts.get()));
            assertThat(LogVerifier.verify(log).problem()).isNull();
        }

        @Test
        void shareADatabaseWithAnotherLogWithoutMeetingIt() {
            DatabaseUrl url = DatabaseUrl.parse(database.applicationUrl());
            LogSchema.migrate(DatabaseUrl.parse(database.ownerUrl()), url, 7);
            try (MysqlEventLog other =
                    MysqlEventLog.open(url, LogSettings.defaults().withLogId(7))) {
                other.append(unit(event("same", 0))).join();
                log.append(unit(event("same", 0), event("same", 1))).join();
                assertThat(other.head().size()).isEqualTo(1);
                assertThat(log.head().size()).isEqualTo(2);
                assertThat(other.readStream("same", 0, 10)).hasSize(1);
                assertThat(other.head().origin()).isNotEqualTo(log.head().origin());
                assertThat(LogVerifier.verify(other).ok()).isTrue();
            }
        }
    }

    @Nested
    class UnknownOutcome {
        @Test
        void isResolvedWhenTheConnectionBreaksBeforeThePacketArrives() throws Exception {
            appendsThroughACut(BreakingProxy.Cut.BEFORE_PACKET);
        }

        @Test
        void isResolvedWhenTheConnectionBreaksAfterThePacketArrived() throws Exception {
            appendsThroughACut(BreakingProxy.Cut.BEFORE_ANSWER);
        }

        private void appendsThroughACut(BreakingProxy.Cut cut) throws Exception {
            try (BreakingProxy proxy = new BreakingProxy(SharedServers.database().port());
                    MysqlEventLog behind =
                            MysqlEventLog.open(
                                    DatabaseUrl.parse(proxy.through(database.applicationUrl())),
                                    LogSettings.defaults())) {
                behind.append(unit(event("a", 0))).join();
                long epoch = log.head().epoch();
                proxy.cutNextAppend(cut);
                Appended appended = behind.append(unit(event("a", 1), event("b", 0))).join();
                assertThat(proxy.hasCut()).isTrue();
                assertThat(appended.firstPosition()).isEqualTo(1);
                assertThat(log.head().size()).isEqualTo(3);
                assertThat(log.head().epoch())
                        .as("it fenced before it looked")
                        .isGreaterThan(epoch);
                assertThat(behind.append(unit(event("a", 2))).join().firstPosition()).isEqualTo(3);
            }
        }

        @Test
        void isToldWhenTheDatabaseStaysAway() throws Exception {
            LogSettings impatient =
                    LogSettings.defaults()
                            .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1));
            try (BreakingProxy proxy = new BreakingProxy(SharedServers.database().port());
                    MysqlEventLog behind =
                            MysqlEventLog.open(
                                    DatabaseUrl.parse(proxy.through(database.applicationUrl())),
                                    impatient)) {
                behind.append(unit(event("a", 0))).join();
                proxy.cutNextAppend(BreakingProxy.Cut.BEFORE_ANSWER);
                proxy.refuseNewConnections(true);
                assertThatThrownBy(() -> behind.append(unit(event("a", 1))).join())
                        .hasCauseInstanceOf(OutcomeUnknownException.class);
                proxy.refuseNewConnections(false);
                assertThatThrownBy(() -> behind.append(unit(event("a", 1))).join())
                        .hasCauseInstanceOf(SequenceConflictException.class);
            }
        }

        @ParameterizedTest
        @EnumSource
        void cannotDamageTheLogWhenAPacketCommitsAfterTheFence(Packet.Order order)
                throws SQLException {
            log.append(unit(event("a", 0))).join();
            HeadRow stale = headRow();
            PreparedUnit orphan = PreparedUnit.of(0, unit(event("b", 0)));
            Packet packet = Packet.of(0, stale, stale.recordedTimeMicros(), List.of(orphan), order);
            try (HeadWriter writer =
                    new HeadWriter(
                            DatabaseUrl.parse(database.applicationUrl()), LogSettings.defaults())) {
                assertThat(writer.resolve(List.of(orphan))).as("not stored").isNull();
            }
            try (Connection connection =
                    DriverManager.getConnection(
                            database.applicationUrl() + "&allowMultiQueries=true")) {
                assertThatThrownBy(() -> WriterConnection.executeAll(connection, packet.sql()))
                        .hasMessageContaining("stale head");
            }
            assertThat(log.head().size()).isEqualTo(1);
            assertThat(LogVerifier.verify(log).ok()).isTrue();
        }

        private HeadRow headRow() throws SQLException {
            try (Connection connection = DriverManager.getConnection(database.applicationUrl())) {
                return HeadRow.read(connection, 0);
            }
        }
    }

    @Nested
    class AppendOnly {
        @Test
        void isEnforcedByGrantsForTheApplicationAndByTriggersForTheOwner() throws SQLException {
            log.append(unit(event("a", 0))).join();
            for (String sql :
                    List.of(
                            "UPDATE event SET tenant='x'",
                            "DELETE FROM event",
                            "UPDATE log_head SET size=0",
                            "DELETE FROM log_head",
                            "TRUNCATE TABLE event",
                            "DROP TABLE event",
                            "ALTER TABLE event ADD COLUMN x INT")) {
                assertThatThrownBy(() -> execute(database.applicationUrl(), sql))
                        .as(sql)
                        .isInstanceOf(SQLException.class);
            }
            for (String sql :
                    List.of(
                            "UPDATE event SET tenant='x'",
                            "DELETE FROM event",
                            "UPDATE log_head SET size=0, previous=1",
                            "DELETE FROM log_head"))
                assertThatThrownBy(() -> execute(database.ownerUrl(), sql))
                        .as(sql)
                        .hasMessageContaining("pms:");
        }
    }

    @Nested
    class Verification {
        @Test
        void findsEveryRowThatWasChangedRemovedSwappedOrInserted() throws SQLException {
            for (int i = 0; i < 20; i++) log.append(unit(event("a", i))).join();
            for (String trigger : List.of("event_no_update", "event_no_delete"))
                execute(database.ownerUrl(), "DROP TRIGGER " + trigger);
            assertThat(LogVerifier.verify(log).ok()).isTrue();
            for (String column :
                    List.of(
                            "recorded_time=recorded_time+1",
                            "time=time+1",
                            "event_id=x'00ff'",
                            "subject=x'0062'",
                            "sequence=99",
                            "type='t'",
                            "tenant=NULL",
                            "actor='bob'",
                            "correlation_id=x'0061'",
                            "causation_id=x'0061'",
                            "traceparent='x'",
                            "metadata=NULL",
                            "content_type='application/json'",
                            "data='{}'")) finds("UPDATE event SET " + column + " WHERE position=7");
            finds("DELETE FROM event WHERE position=7");
            finds("DELETE FROM event WHERE position=19");
            finds("UPDATE event SET position = CASE position WHEN 3 THEN 100 ELSE position END");
        }

        private void finds(String sql) throws SQLException {
            execute(database.ownerUrl(), "DROP TABLE IF EXISTS kept");
            execute(database.ownerUrl(), "CREATE TABLE kept AS SELECT * FROM event");
            execute(database.ownerUrl(), sql);
            assertThat(LogVerifier.verify(log).problem()).as(sql).isNotNull();
            execute(database.ownerUrl(), "DELETE FROM event");
            execute(database.ownerUrl(), "INSERT INTO event SELECT * FROM kept");
            assertThat(LogVerifier.verify(log).problem()).isNull();
        }
    }

    @Nested
    class Tail {
        @Test
        void tellsOwnAndOtherProcessesAppends() throws InterruptedException {
            AtomicLong told = new AtomicLong();
            try (MysqlEventLog reader = TestLog.open(database);
                    EventLog.Subscription subscription = reader.subscribe(told::set)) {
                log.append(unit(event("a", 0))).join();
                assertThat(log.awaitBeyond(0, Duration.ofSeconds(10))).isEqualTo(1);
                assertThat(reader.awaitBeyond(0, Duration.ofSeconds(10))).isEqualTo(1);
                assertThat(reader.read(0, 10)).hasSize(1);
                assertThat(told).hasValue(1);
            }
            assertThat(log.awaitBeyond(1, Duration.ZERO)).isEqualTo(1);
        }
    }
}
