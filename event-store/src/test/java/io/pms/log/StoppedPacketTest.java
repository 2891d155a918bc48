package io.pms.log;

import static io.pms.log.TestLog.execute;
import static io.pms.log.conformance.Samples.command;
import static io.pms.log.conformance.Samples.event;
import static io.pms.log.conformance.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.embedded.SharedServers;
import io.pms.log.Packet.Order;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A packet that the database stops before its end, and what the writer makes of that. */
class StoppedPacketTest {
    private SharedServers.Database database;
    private DatabaseUrl url;
    private MysqlEventLog log;

    @BeforeEach
    void open() {
        database = TestLog.freshDatabase();
        url = DatabaseUrl.parse(database.applicationUrl());
        log = TestLog.open(database);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void isStaleWhenOnlyCommandsWithoutEventsCameBetween() throws SQLException {
        log.append(unit(event("a", 0))).join();
        try (HeadWriter writer =
                new HeadWriter(url, LogSettings.defaults(), () -> 0, new LastSeen())) {
            HeadRow before = writer.head();
            log.append(command(UUID.randomUUID(), "a")).join();
            List<PreparedUnit> units = List.of(PreparedUnit.of(0, unit(event("b", 0))));
            Packet packet =
                    Packet.of(0, before, before.recordedTimeMicros(), units, Order.ROWS_FIRST);
            assertThat(writer.append(units, packet)).isInstanceOf(Attempt.Stale.class);
        }
        assertThat(log.append(unit(event("b", 0))).join().firstPosition()).isEqualTo(1);
    }

    @Test
    void isRefusedAtOnceWhenATableIsFull() throws SQLException {
        execute(
                database.ownerUrl(),
                "CREATE TRIGGER event_full BEFORE INSERT ON event FOR EACH ROW"
                        + " SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1114");
        assertThatThrownBy(() -> log.append(unit(event("a", 0))).join())
                .hasCauseInstanceOf(LogUnavailableException.class)
                .hasMessageContaining("refuses to append");
        assertThat(log.head().epoch()).as("it had no reason to fence").isZero();
        execute(database.ownerUrl(), "DROP TRIGGER event_full");
        assertThat(log.append(unit(event("a", 0))).join().firstPosition()).isZero();
    }
}
