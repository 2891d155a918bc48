package io.pms.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A ceiling that stored less than ours would be too high. */
class CeilingTest {
    private static final int EVENTS = 30;

    private static BenchServer server;
    private static PmsStore ours;

    @BeforeAll
    static void storeSomeEvents() throws Exception {
        server = BenchServer.start(ServerKind.MARIADB, "64M");
        ours = PmsStore.create(server);
        ours.fill(Sample.streams(Sample.newAggregates(3), EVENTS / 3));
    }

    @AfterAll
    static void stop() {
        ours.close();
        server.close();
    }

    static List<LoadWay> ways() {
        return LoadWay.ALL;
    }

    @ParameterizedTest
    @MethodSource("ways")
    void storesTheSameRowsAndTheHead(LoadWay way) throws Exception {
        BenchServer.Database twin = server.newDatabase();
        PmsStore.migrate(twin);
        try (Connection from = DriverManager.getConnection(ours.database().applicationUrl());
                Connection to =
                        DriverManager.getConnection(twin.applicationUrl() + Ceiling.OPTIONS)) {
            way.prepare(to, Packet.read(from, 0, 10)).send();
            way.prepare(to, Packet.read(from, 10, EVENTS)).send();
            assertThat(number(to, "SELECT COUNT(*) FROM event", 1)).isEqualTo(EVENTS);
            for (String table : PmsStore.TABLES) {
                long expected = number(from, "CHECKSUM TABLE " + table, 2);
                assertThat(number(to, "CHECKSUM TABLE " + table, 2))
                        .isEqualTo(expected)
                        .isNotZero();
            }
            assertThat(number(to, "SELECT size FROM log_head", 1)).isEqualTo(EVENTS);
        }
    }

    private static long number(Connection connection, String sql, int column) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(column);
        }
    }
}
