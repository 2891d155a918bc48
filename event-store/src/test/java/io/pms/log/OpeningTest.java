package io.pms.log;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pms.embedded.SharedServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class OpeningTest {
    private static final int ABSENT = 99;

    private final SharedServers.Database database = TestLog.freshDatabase();

    @Test
    void leavesNoConnectionsWhenItFails() {
        DatabaseUrl url = DatabaseUrl.parse(database.applicationUrl());
        LogSettings settings = LogSettings.defaults().withLogId(ABSENT);
        assertThatThrownBy(() -> MysqlEventLog.open(url, settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("there is no log " + ABSENT);
        await().until(() -> connectionsOfTheApplication() == 0);
    }

    private long connectionsOfTheApplication() throws SQLException {
        String sql =
                "SELECT COUNT(*) FROM information_schema.processlist WHERE db = ? AND id <> CONNECTION_ID()";
        try (Connection owner = DriverManager.getConnection(database.ownerUrl());
                PreparedStatement select = owner.prepareStatement(sql)) {
            select.setString(1, database.name());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
