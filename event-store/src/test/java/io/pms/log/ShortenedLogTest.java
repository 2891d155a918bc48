package io.pms.log;

import static io.pms.log.TestLog.execute;
import static io.pms.log.TestLog.query;
import static io.pms.log.conformance.Samples.event;
import static io.pms.log.conformance.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.embedded.SharedServers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A database that has failed over to a copy that was behind, under a running writer. */
class ShortenedLogTest {
    private final SharedServers.Database database = TestLog.freshDatabase();
    private final String owner = database.ownerUrl();

    @Test
    void getsNothingAppendedUntilItHasItsEventsBack() throws SQLException {
        try (MysqlEventLog log = TestLog.open(database)) {
            loseItsLastEvent(log);
            String history = log.head().history();
            for (int attempt = 0; attempt < 3; attempt++)
                assertThatThrownBy(() -> log.append(unit(event("b", 0))).join())
                        .hasCauseInstanceOf(LogShortenedException.class)
                        .hasMessageContaining("1 events and had 2")
                        .hasMessageContaining("--roll-forward");
            assertThat(log.head().size()).isEqualTo(1);
            assertThat(log.head().history()).isNotEqualTo(history);

            execute(owner, "INSERT INTO event SELECT * FROM lost");
            head(owner, "head_after");
            assertThat(log.append(unit(event("b", 0))).join().firstPosition()).isEqualTo(2);
        }
    }

    @Test
    void getsNothingAppendedBehindWhatAnotherProcessHasPutThere() throws SQLException {
        String history;
        Set<String> drawn = new HashSet<>();
        try (MysqlEventLog log = TestLog.open(database)) {
            loseItsLastEvent(log);
            try (MysqlEventLog other = TestLog.open(database)) {
                for (int i = 0; i < 2; i++) other.append(unit(event("c", i))).join();
            }
            history = log.head().history();
            killConnections();
            for (int attempt = 0; attempt < 4; attempt++) // each of its connections fails once
            assertThatThrownBy(() -> log.append(unit(event("a", 2))).join())
                        .hasCauseInstanceOf(LogUnavailableException.class);
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> log.append(unit(event("a", 2))).join())
                        .hasCauseInstanceOf(LogShortenedException.class)
                        .hasMessageContaining("another event at position 1");
                Head head = LogHeads.find(DatabaseUrl.parse(owner), 0).orElseThrow();
                assertThat(head.history()).isNotEqualTo(history);
                assertThat(drawn.add(head.history())).isEqualTo(attempt == 0);
            }
        }
        try (MysqlEventLog restarted = TestLog.open(database)) {
            assertThat(restarted.head().history()).isNotEqualTo(history);
            assertThat(restarted.append(unit(event("a", 1))).join().firstPosition()).isEqualTo(3);
        }
    }

    @Test
    void getsNothingAppendedByWhoHasHeardOfMoreThanWasBroughtBack() throws SQLException {
        DatabaseUrl url = DatabaseUrl.parse(database.applicationUrl());
        try (MysqlEventLog log = TestLog.open(database);
                MysqlEventLog other = TestLog.open(database)) {
            other.append(unit(event("b", 0))).join();
            loseItsLastEvent(log, () -> hear(other, 3));
            try (LogContinuation continuation = LogContinuation.begin(url, 0)) {
                continuation.shut();
                continuation.open();
            }
            try (MysqlEventLog restarted = TestLog.open(database)) {
                for (int i = 0; i < 2; i++) restarted.append(unit(event("c", i))).join();
            }
            assertThatThrownBy(() -> other.append(unit(event("b", 1))).join())
                    .hasCauseInstanceOf(LogShortenedException.class)
                    .hasMessageContaining("was brought back");
        }
    }

    @Test
    void goesOnWithWhoKnewNothingElse() throws SQLException {
        DatabaseUrl url = DatabaseUrl.parse(database.applicationUrl());
        try (MysqlEventLog log = TestLog.open(database);
                MysqlEventLog other = TestLog.open(database)) {
            log.append(unit(event("a", 0))).join();
            try (LogContinuation continuation = LogContinuation.begin(url, 0)) {
                continuation.shut();
                continuation.open();
            }
            for (int i = 1; i < 4; i++) {
                log.append(unit(event("a", i))).join();
                other.append(unit(event("b", i - 1))).join();
                hear(log, 1 + 2 * i);
            }
        }
    }

    private void loseItsLastEvent(MysqlEventLog log) throws SQLException {
        loseItsLastEvent(log, () -> {});
    }

    private void loseItsLastEvent(MysqlEventLog log, Runnable whenItWasThere) throws SQLException {
        log.append(unit(event("a", 0))).join();
        execute(owner, "CREATE TABLE head_before AS SELECT * FROM log_head");
        log.append(unit(event("a", 1))).join();
        execute(owner, "CREATE TABLE head_after AS SELECT * FROM log_head");
        long last = log.head().size() - 1;
        execute(owner, "CREATE TABLE lost AS SELECT * FROM event WHERE position = " + last);
        for (String trigger : new String[] {"log_head_keep", "event_no_delete"})
            execute(owner, "DROP TRIGGER " + trigger);
        whenItWasThere.run();
        execute(owner, "DELETE FROM event WHERE position = " + last);
        head(owner, "head_before");
    }

    private static void hear(MysqlEventLog other, long size) {
        try {
            assertThat(other.awaitBeyond(size - 1, Duration.ofSeconds(10))).isEqualTo(size);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a fail-over does. */
    private void killConnections() throws SQLException {
        String others =
                "SELECT COALESCE(GROUP_CONCAT(id), '') FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()";
        for (String id : query(database.applicationUrl(), others).split(","))
            execute(database.applicationUrl(), "KILL " + id);
    }

    private static void head(String owner, String table) throws SQLException {
        execute(owner, "DELETE FROM log_head");
        execute(owner, "INSERT INTO log_head SELECT * FROM " + table);
    }
}
