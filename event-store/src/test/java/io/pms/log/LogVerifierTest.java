package io.pms.log;

import static io.pms.log.TestLog.execute;
import static io.pms.log.TestLog.query;
import static io.pms.log.conformance.Samples.aggregate;
import static io.pms.log.conformance.Samples.event;
import static io.pms.log.conformance.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.embedded.SharedServers;
import io.pms.entry.CommandIds;
import io.pms.entry.EntryCodec;
import io.pms.log.Unit.CommandStamp;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A log of 21 events, subtrees of 16, 4 and 1, that is read in chunks of 8. */
class LogVerifierTest {
    private static final int SIZE = 21;
    private static final int CHUNK = 8;
    private static final String CHANGED = ": the event is not the one that was stored";
    private static final String FORGED = ": the events do not hash to what the head was written";

    private SharedServers.Database database;
    private MysqlEventLog log;

    @BeforeEach
    void fill() throws SQLException {
        database = TestLog.freshDatabase();
        log = TestLog.open(database);
        for (int i = 0; i < SIZE; i++) log.append(unit(i)).join();
        for (String trigger : List.of("event_no_update", "event_no_delete", "log_head_guard"))
            execute(database.ownerUrl(), "DROP TRIGGER " + trigger);
        assertThat(problems()).isEmpty();
    }

    @AfterEach
    void close() {
        log.close();
    }

    /** Every column has a value. */
    private static Unit unit(int i) {
        NewEvent event =
                new NewEvent(
                        null,
                        "pms.test.Tested.v1",
                        i % 2 == 0 ? new UUID(1, i).toString() : "named-" + i,
                        3,
                        1_000_000L * i,
                        "acme",
                        "ann",
                        i % 2 == 0 ? new UUID(2, i).toString() : "correlation-" + i,
                        i % 2 == 0 ? new UUID(3, i).toString() : "causation-" + i,
                        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                        "{\"reason\":\"why not\"}",
                        i % 2 == 0 ? "application/cloudevents+json" : "application/octet-stream",
                        "{\"n\":1}".getBytes(StandardCharsets.UTF_8));
        UUID command = CommandIds.commandId("acme", "key-" + i);
        return new Unit(List.of(event), new CommandStamp(command, null, "a", -1));
    }

    private List<String> problems() {
        DatabaseUrl url = DatabaseUrl.parse(database.applicationUrl());
        return LogVerifier.verify(url, 0, CHUNK, LogVerifier.Progress.NONE).problems();
    }

    /** What the owner can do with the triggers out of the way, and the application cannot. */
    private void change(String sql) throws SQLException {
        assertThatThrownBy(() -> execute(database.applicationUrl(), sql))
                .as(sql)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("denied");
        byOwner(sql);
    }

    private void byOwner(String sql) throws SQLException {
        execute(database.ownerUrl(), sql);
    }

    private void copy(String columns, String selected, long position) throws SQLException {
        byOwner(
                "INSERT INTO event (%s) SELECT %s FROM event WHERE position = %d"
                        .formatted(columns, selected, position));
    }

    private String columns() throws SQLException {
        return query(
                database.ownerUrl(),
                "SELECT GROUP_CONCAT(column_name ORDER BY ordinal_position) FROM information_schema.columns"
                        + " WHERE table_schema = DATABASE() AND table_name = 'event'");
    }

    @Nested
    class ChangedRows {
        @Test
        void areFoundInEveryColumnAndNamed() throws SQLException {
            Map<String, String> flips = flips();
            assertThat(new TreeSet<>(flips.keySet()))
                    .isEqualTo(
                            new TreeSet<>(
                                    List.of(columns().replace("log_id,position,", "").split(","))));
            for (int position : List.of(6, 7))
                for (Map.Entry<String, String> flip : flips.entrySet()) {
                    keep();
                    change(
                            "UPDATE event SET %s = %s WHERE position = %d"
                                    .formatted(flip.getKey(), flip.getValue(), position));
                    assertThat(problems())
                            .as(flip.toString())
                            .singleElement()
                            .asString()
                            .startsWith("position " + position + ": ");
                    restore();
                }
        }

        /** Another value of each column; of bytes the first and the last one. */
        private static Map<String, String> flips() {
            Map<String, String> flips = new LinkedHashMap<>();
            for (String number : Set.of("recorded_time", "time", "sequence"))
                flips.put(number, number + " ^ 1");
            flips.put("leaf_check", "leaf_check DIV 2");
            flips.put("command_index", "command_index + 1");
            for (String id : Set.of("event_id", "subject", "correlation_id", "causation_id"))
                flips.put(id, "CONCAT(CHAR(ASCII(%1$s) ^ 1), SUBSTRING(%1$s, 2))".formatted(id));
            for (String text :
                    Set.of(
                            "type",
                            "tenant",
                            "actor",
                            "traceparent",
                            "metadata",
                            "content_type",
                            "data"))
                flips.put(
                        text,
                        "CONCAT(SUBSTRING(%1$s, 1, LENGTH(%1$s) - 1), CHAR(ASCII(RIGHT(%1$s, 1)) ^ 1))"
                                .formatted(text));
            return flips;
        }

        @Test
        void areFoundWhereAValueIsTakenAway() throws SQLException {
            for (String column :
                    List.of(
                            "command_index",
                            "subject",
                            "tenant",
                            "actor",
                            "correlation_id",
                            "causation_id",
                            "traceparent",
                            "metadata",
                            "content_type")) {
                keep();
                change("UPDATE event SET " + column + " = NULL WHERE position = 12");
                assertThat(problems()).as(column).containsExactly("position 12" + CHANGED);
                restore();
            }
        }

        @Test
        void areSaidToBeIntactWhenOnlyTheirCheckIsNot() throws SQLException {
            change("UPDATE event SET leaf_check = 0 WHERE position = 16");
            assertThat(problems())
                    .containsExactly(
                            "position 16: only its leaf_check was changed, the event was not");
        }

        @Test
        void areNarrowedDownWhenTheyWereChangedTogetherWithTheirCheck() throws SQLException {
            forge(5, "actor = 'bob'");
            assertThat(problems())
                    .singleElement()
                    .asString()
                    .startsWith("positions 0 to 15" + FORGED);
            forge(20, "actor = 'bob'");
            assertThat(problems()).hasSize(2).last().asString().startsWith("position 20" + FORGED);
            change("UPDATE event SET actor = 'eve' WHERE position = 18");
            assertThat(problems()).hasSize(3).first().isEqualTo("position 18" + CHANGED);
        }

        @Test
        void areFoundWhereRecordedTimeGoesBack() throws SQLException {
            forge(3, "recorded_time = recorded_time - 3600000000");
            assertThat(problems()).contains("position 3: recorded time goes back");
            forge(8, "recorded_time = recorded_time - 3600000000");
            assertThat(problems()).contains("position 8: recorded time goes back");
        }

        private void forge(int position, String change) throws SQLException {
            change("UPDATE event SET " + change + " WHERE position = " + position);
            byte[] entry = EntryCodec.encode(log.read(position, 1).getFirst());
            long check = LeafCheck.of(new MerkleFrontier().append(entry));
            change("UPDATE event SET leaf_check = " + check + " WHERE position = " + position);
        }

        @Test
        void areCountedBeyondTheFirst() throws SQLException {
            change("UPDATE event SET actor = 'bob'");
            assertThat(problems())
                    .hasSize(21)
                    .startsWith("position 0" + CHANGED)
                    .endsWith("position 19" + CHANGED, "and 1 more");
        }
    }

    @Nested
    class MovedRows {
        @Test
        void areFoundWhenTwoAreSwapped() throws SQLException {
            change("UPDATE event SET position = 1000 WHERE position = 3");
            change("UPDATE event SET position = 3 WHERE position = 9");
            change("UPDATE event SET position = 9 WHERE position = 1000");
            assertThat(problems()).containsExactly("position 3" + CHANGED, "position 9" + CHANGED);
        }

        @Test
        void areFoundWhenTheyWereRemovedAnywhere() throws SQLException {
            for (int position : List.of(0, 7, 8, 15, 16, SIZE - 1)) {
                keep();
                change("DELETE FROM event WHERE position = " + position);
                assertThat(problems()).containsExactly("position " + position + " is missing");
                restore();
            }
            change("DELETE FROM event WHERE position BETWEEN 5 AND 11");
            assertThat(problems())
                    .containsExactly(
                            "positions 5 to 7 are missing", "positions 8 to 11 are missing");
            change("DELETE FROM event");
            assertThat(problems()).containsExactly("positions 0 to 20 are missing");
        }

        @Test
        void areFoundWhenOneWasAddedOutside() throws SQLException {
            for (int position : List.of(-1, SIZE, 1_000_000)) {
                keep();
                insert(position);
                assertThat(problems())
                        .containsExactly(
                                "position "
                                        + position
                                        + " is not of this log, whose head says 21 events");
                restore();
            }
        }

        @Test
        void areFoundWhenOneWasPutInBetween() throws SQLException {
            change(
                    "UPDATE event SET position = position + 1 WHERE position >= 18 ORDER BY position DESC");
            insert(18);
            assertThat(problems())
                    .containsExactly(
                            "position 18" + CHANGED,
                            "position 19" + CHANGED,
                            "position 20" + CHANGED,
                            "position 21 is not of this log, whose head says 21 events");
        }

        /** A copy of the event at position 10 with an id and sequence of its own. */
        private void insert(int position) throws SQLException {
            String columns = columns();
            String values =
                    columns.replace("position", String.valueOf(position))
                            .replace("event_id", "x'" + "0a".repeat(16) + "'")
                            .replace("sequence", "99");
            copy(columns, values, 10);
        }

        @Test
        void areFoundWhenTheyWereGivenToAnotherLog() throws SQLException {
            change("UPDATE event SET log_id = 9 WHERE position = 7");
            DatabaseUrl url = DatabaseUrl.parse(database.applicationUrl());
            assertThat(problems()).containsExactly("position 7 is missing");
            assertThat(LogVerifier.logs(url)).containsExactly(0, 9);
            assertThat(LogVerifier.verify(url, 9, LogVerifier.Progress.NONE).problems())
                    .containsExactly("log 9 has events and no head");
        }
    }

    @Nested
    class ChangedHeads {
        @Test
        void areFoundByTheirSize() throws SQLException {
            byOwner("UPDATE log_head SET size = 20");
            assertThat(problems())
                    .contains("position 20 is not of this log, whose head says 20 events")
                    .anyMatch(problem -> problem.startsWith("the head was changed"));
            byOwner("UPDATE log_head SET size = 22");
            assertThat(problems()).contains("position 21 is missing");
            byOwner("UPDATE log_head SET size = " + Long.MAX_VALUE);
            assertThat(problems()).contains("positions 21 to 9223372036854775806 are missing");
        }

        @Test
        void areFoundByTheirFrontierAndRoot() throws SQLException {
            String first = "CHAR(ASCII(frontier) ^ 1), SUBSTRING(frontier, 2)";
            byOwner("UPDATE log_head SET frontier = CONCAT(" + first + ")");
            assertThat(problems())
                    .hasSize(2)
                    .startsWith("the head was changed: its root is not that of its frontier")
                    .last()
                    .asString()
                    .startsWith("positions 0 to 15" + FORGED);
            byOwner("UPDATE log_head SET frontier = CONCAT(" + first + "), root = REVERSE(root)");
            assertThat(problems())
                    .containsExactly("the head was changed: its root is not that of its frontier");
        }

        @Test
        void areFoundByTheirTime() throws SQLException {
            byOwner("UPDATE log_head SET recorded_time = recorded_time - 3600000000");
            assertThat(problems()).containsExactly("the head was recorded before its last event");
        }

        @Test
        void areMissedWhenTheyWereDeleted() throws SQLException {
            byOwner("DROP TRIGGER log_head_keep");
            change("DELETE FROM log_head");
            assertThat(problems()).containsExactly("log 0 has events and no head");
        }
    }

    @Test
    void isContentWithAnEmptyLogAndWithEverySizeAfterIt() {
        MysqlUnderTest fresh = new MysqlUnderTest();
        EventLog growing = fresh.open();
        for (int i = 0; i < 20; i++) {
            assertThat(fresh.problem()).isNull();
            growing.append(unit(event("a", i))).join();
        }
        fresh.close();
    }

    private static Unit unit(NewEvent event) {
        return new Unit(List.of(event), null);
    }

    @Test
    void isNotDisturbedByAppends() {
        List<CompletableFuture<Appended>> answers = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            IntStream.range(0, 50)
                    .mapToObj(i -> log.append(unit(event(aggregate(), 0))))
                    .forEach(answers::add);
            assertThat(problems()).isEmpty();
        }
        answers.forEach(CompletableFuture::join);
        assertThat(log.head().size()).isEqualTo(SIZE + 1_000);
        assertThat(problems()).isEmpty();
    }

    @Test
    void tellsHowFarItIs() {
        List<Long> told = new ArrayList<>();
        DatabaseUrl url = DatabaseUrl.parse(database.applicationUrl());
        LogVerifier.Result result =
                LogVerifier.verify(url, 0, CHUNK, (done, all) -> told.add(done * 100 + all));
        assertThat(told).containsExactly(821L, 1621L, 2121L);
        assertThat(result.root()).isEqualTo(log.head().root());
        assertThat(result.events()).isEqualTo(SIZE);
    }

    private void keep() throws SQLException {
        byOwner("DROP TABLE IF EXISTS kept");
        byOwner("CREATE TABLE kept AS SELECT * FROM event");
    }

    private void restore() throws SQLException {
        byOwner("DELETE FROM event");
        byOwner("INSERT INTO event SELECT * FROM kept");
        assertThat(problems()).isEmpty();
    }
}
