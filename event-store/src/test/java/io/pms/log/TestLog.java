package io.pms.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.embedded.SharedServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Fresh logs for tests. */
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
