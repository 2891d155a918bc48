package io.pms.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.embedded.SharedServers;
import io.pms.log.Unit.CommandStamp;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/** Fresh logs and small events for tests. */
final class TestLog {
    private TestLog() {}

    static SharedServers.Database freshDatabase() {
        SharedServers.Database database = SharedServers.freshDatabase();
        LogSchema.migrate(
                DatabaseUrl.parse(database.ownerUrl()),
                DatabaseUrl.parse(database.applicationUrl()),
                0);
        return database;
    }

    static MysqlEventLog open(SharedServers.Database database) {
        return MysqlEventLog.open(
                DatabaseUrl.parse(database.applicationUrl()), LogSettings.defaults());
    }

    static NewEvent event(String aggregateId, long sequence) {
        return event(aggregateId, sequence, "{\"n\":" + sequence + "}");
    }

    static NewEvent event(String aggregateId, long sequence, String data) {
        return new NewEvent(
                null,
                "pms.test.Tested.v1",
                aggregateId,
                sequence,
                1_000_000L * sequence,
                "acme",
                "ann",
                null,
                null,
                null,
                "{\"reason\":\"it's a \\\\test\\u0000 ü\"}",
                null,
                data.getBytes(StandardCharsets.UTF_8));
    }

    static Unit unit(NewEvent... events) {
        return new Unit(List.of(events), null);
    }

    static Unit command(UUID id, String aggregateId, NewEvent... events) {
        return new Unit(
                List.of(events),
                new CommandStamp(id, new byte[32], aggregateId, events.length == 0 ? 5 : -1));
    }

    static String aggregate() {
        return UUID.randomUUID().toString();
    }

    static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row. */
    static String query(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).as(sql).isTrue();
            return rows.getString(1);
        }
    }
}
