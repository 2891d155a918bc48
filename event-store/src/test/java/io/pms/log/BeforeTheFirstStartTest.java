package io.pms.log;

import static io.pms.log.TestLog.execute;
import static io.pms.log.TestLog.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.embedded.SharedServers;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tools on a database that no process of this version has brought up to date. */
class BeforeTheFirstStartTest {
    private final SharedServers.Database database = TestLog.freshDatabase();
    private final DatabaseUrl owner = DatabaseUrl.parse(database.ownerUrl());
    private final DatabaseUrl application = DatabaseUrl.parse(database.applicationUrl());

    private void byOwner(String sql) throws SQLException {
        execute(database.ownerUrl(), sql);
    }

    private String account() throws SQLException {
        return query(database.applicationUrl(), "SELECT CURRENT_USER()").replace("@", "'@'");
    }

    /** As version 5 of the tables is, without recoveries. */
    private void takeRecoveriesAway() throws SQLException {
        byOwner("REVOKE SELECT, INSERT, UPDATE ON log_recovery FROM '" + account() + "'");
        byOwner("DROP TABLE log_recovery");
        byOwner("DELETE FROM pms_log_schema WHERE CAST(version AS UNSIGNED) >= 6");
    }

    @Test
    void findAndVerifyALogThatKnowsOfNoRecoveriesYet() throws SQLException {
        takeRecoveriesAway();
        for (DatabaseUrl url : List.of(owner, application)) {
            assertThat(LogHeads.find(url, 0))
                    .hasValueSatisfying(head -> assertThat(head.size()).isZero());
            assertThat(LogVerifier.verify(url, 0, LogVerifier.Progress.NONE).problems()).isEmpty();
        }
    }

    @Test
    void sayThatATableIsMissingAndWhatMakesIt() throws SQLException {
        takeRecoveriesAway();
        try (LogContinuation continuation = LogContinuation.begin(owner, 0)) {
            assertThatThrownBy(continuation::shut)
                    .isInstanceOf(LogUnavailableException.class)
                    .hasMessageContaining("log_recovery")
                    .hasMessageContaining("start the platform once");
        }
        byOwner("DROP TABLE log_head");
        assertThat(LogHeads.find(owner, 0)).isEmpty();
        assertThatThrownBy(() -> LogVerifier.verify(owner, 0, LogVerifier.Progress.NONE))
                .hasMessageContaining("log_head")
                .hasMessageContaining("start the platform once");
    }

    @Test
    void tellAnAccountWithoutRightsFromADatabaseThatIsAway() throws SQLException {
        byOwner("REVOKE SELECT, INSERT, UPDATE ON log_recovery FROM '" + account() + "'");
        assertRefused(application);
        SharedServers.Database ungranted = SharedServers.freshDatabase();
        LogSchema.migrateTables(DatabaseUrl.parse(ungranted.ownerUrl()));
        assertRefused(DatabaseUrl.parse(ungranted.applicationUrl()));
    }

    private static void assertRefused(DatabaseUrl url) {
        for (Runnable tool :
                List.<Runnable>of(
                        () -> LogHeads.find(url, 0),
                        () -> LogVerifier.verify(url, 0, LogVerifier.Progress.NONE),
                        () -> LogContinuation.begin(url, 0)))
            assertThatThrownBy(tool::run)
                    .isInstanceOf(LogUnavailableException.class)
                    .hasMessageContaining("denied")
                    .hasMessageContaining("use the owner's account");
    }
}
