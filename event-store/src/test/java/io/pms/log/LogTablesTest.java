package io.pms.log;

import static io.pms.log.TestLog.execute;
import static io.pms.log.TestLog.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.embedded.SharedServers;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

class LogTablesTest {
    private final String url = SharedServers.freshDatabase().ownerUrl();
    private final DatabaseUrl owner = DatabaseUrl.parse(url);

    private String version() throws Exception {
        try (Connection connection = DriverManager.getConnection(url)) {
            return LogTables.version(connection);
        }
    }

    private String tables(String name) throws Exception {
        return query(
                url,
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = '%s'"
                        .formatted(name));
    }

    @Test
    void areMadeAsTheyWereAndBroughtUpToDateAtTheEnd() throws Exception {
        try (LogTables tables = LogTables.begin(owner, "2")) {
            assertThat(version()).isEqualTo("2");
            assertThat(tables("policy_token")).isEqualTo("0");
            tables.finish(LogVerifier.Progress.NONE);
        }
        assertThat(tables("policy_token")).isEqualTo("1");
        assertThat(tables("pms_restore")).isEqualTo("0");
        assertThat(tables("pms_restore_head")).isEqualTo("0");
    }

    @Test
    void holdNothingThatMigrationsPutThere() throws Exception {
        LogTables.begin(owner, "3").close();
        assertThat(query(url, "SELECT COUNT(*) FROM policy_token")).isEqualTo("0");
    }

    @Test
    void areThrownAwayByTheNextAttemptUnlessTheyHaveAHead() throws Exception {
        LogTables.begin(owner, "3").close();
        execute(url, "INSERT INTO receipt VALUES (0, x'00', 'a', 0, 0, 0, NULL)");
        assertThatThrownBy(() -> LogLoader.begin(owner, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("restore of a backup");
        assertThatThrownBy(() -> LogSchema.migrate(owner, owner, 0))
                .hasMessageContaining("has not ended");
        try (LogTables again = LogTables.begin(owner, "2")) {
            again.finish(LogVerifier.Progress.NONE);
        }
        assertThat(query(url, "SELECT COUNT(*) FROM receipt")).isEqualTo("0");
        LogSchema.migrate(owner, owner, 0);
        assertThatThrownBy(() -> LogTables.begin(owner, "3")).hasMessageContaining("is not empty");
        assertThat(query(url, "SELECT COUNT(*) FROM log_head")).isEqualTo("1");
    }

    @Test
    void openTheirLogsWhateverOtherAttemptWasCutOffBefore() throws Exception {
        LogLoader.begin(owner, 0).close();
        try (LogTables tables = LogTables.begin(owner, "3")) {
            tables.finish(LogVerifier.Progress.NONE);
        }
        LogSchema.migrate(owner, owner, 0);
    }

    @Test
    void leaveNothingInTheWayOfALogFromElsewhereWhenTheyWereNotEvenMade() throws Exception {
        execute(url, "CREATE TABLE pms_restore (id INT PRIMARY KEY)");
        execute(url, "INSERT INTO pms_restore VALUES (-1)");
        try (LogLoader loader = LogLoader.begin(owner, 0)) {
            loader.finish("pms/log/other", new MerkleFrontier(), LogVerifier.Progress.NONE);
        }
        LogSchema.migrate(owner, owner, 0);
    }

    @Test
    void ofAVersionThatIsNotKnownAreNotMade() throws Exception {
        assertThatThrownBy(() -> LogTables.begin(owner, "999"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("use a newer one");
        assertThat(tables("pms_restore")).isEqualTo("0");
    }
}
