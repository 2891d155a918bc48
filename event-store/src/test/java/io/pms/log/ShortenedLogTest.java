package io.pms.log;

import static io.pms.log.TestLog.execute;
import static io.pms.log.conformance.Samples.event;
import static io.pms.log.conformance.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.embedded.SharedServers;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** A database that has failed over to a copy that was behind, under a running writer. */
class ShortenedLogTest {
    @Test
    void getsNothingAppendedUntilItHasItsEventsBack() throws SQLException {
        SharedServers.Database database = TestLog.freshDatabase();
        String owner = database.ownerUrl();
        try (MysqlEventLog log = TestLog.open(database)) {
            log.append(unit(event("a", 0))).join();
            execute(owner, "CREATE TABLE head_before AS SELECT * FROM log_head");
            log.append(unit(event("a", 1))).join();
            execute(owner, "CREATE TABLE head_after AS SELECT * FROM log_head");
            execute(owner, "CREATE TABLE lost AS SELECT * FROM event WHERE position = 1");
            for (String trigger : new String[] {"log_head_keep", "event_no_delete"})
                execute(owner, "DROP TRIGGER " + trigger);
            execute(owner, "DELETE FROM event WHERE position = 1");
            head(owner, "head_before");

            for (int attempt = 0; attempt < 3; attempt++)
                assertThatThrownBy(() -> log.append(unit(event("b", 0))).join())
                        .hasCauseInstanceOf(LogShortenedException.class)
                        .hasMessageContaining("1 events and had 2")
                        .hasMessageContaining("--roll-forward");
            assertThat(log.head().size()).isEqualTo(1);

            execute(owner, "INSERT INTO event SELECT * FROM lost");
            head(owner, "head_after");
            assertThat(log.append(unit(event("b", 0))).join().firstPosition()).isEqualTo(2);
        }
    }

    private static void head(String owner, String table) throws SQLException {
        execute(owner, "DELETE FROM log_head");
        execute(owner, "INSERT INTO log_head SELECT * FROM " + table);
    }
}
