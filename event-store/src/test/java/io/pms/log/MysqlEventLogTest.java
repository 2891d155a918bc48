package io.pms.log;

import static io.pms.log.TestLog.execute;
import static io.pms.log.conformance.Samples.aggregate;
import static io.pms.log.conformance.Samples.command;
import static io.pms.log.conformance.Samples.event;
import static io.pms.log.conformance.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.embedded.SharedServers;
import io.pms.entry.CommandIds;
import io.pms.entry.Entry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
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
    class UnknownOutcome {

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
                            DatabaseUrl.parse(database.applicationUrl()),
                            LogSettings.defaults(),
                            () -> 0,
                            new LastSeen())) {
                assertThat(writer.resolve(packet, List.of(orphan))).as("stored").isFalse();
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

        @Test
        void isNotTakenForStoredBecausePartOfItWasStoredBefore() throws SQLException {
            UUID accepted = CommandIds.commandId("acme", "accepted");
            UUID received = CommandIds.commandId("acme", "received");
            log.append(command(accepted, "a", event("a", 0))).join();
            log.append(command(received, "a")).join();
            HeadRow head = headRow();
            PreparedUnit event = PreparedUnit.of(0, command(accepted, "a", event("a", 1)));
            PreparedUnit receipt = PreparedUnit.of(0, command(received, "a"));
            PreparedUnit other = PreparedUnit.of(0, unit(event("b", 0)));
            try (HeadWriter writer =
                    new HeadWriter(
                            DatabaseUrl.parse(database.applicationUrl()),
                            LogSettings.defaults(),
                            () -> 0,
                            new LastSeen())) {
                for (List<PreparedUnit> units :
                        List.of(
                                List.of(event),
                                List.of(receipt),
                                List.of(event, other),
                                List.of(receipt, other))) {
                    long later = head.recordedTimeMicros() + 1;
                    Packet lost = Packet.of(0, head, later, units, Packet.Order.HEAD_FIRST);
                    assertThat(writer.resolve(lost, units)).isFalse();
                }
            }
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
}
