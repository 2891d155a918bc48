package io.pms.log;

import static io.pms.log.TestLog.query;
import static io.pms.log.conformance.Samples.aggregate;
import static io.pms.log.conformance.Samples.event;
import static io.pms.log.conformance.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.embedded.SharedServers;
import io.pms.entry.EntryCodec;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log of 40 events, and a database that has 25 of them. */
class LogContinuationTest {
    private static final int SIZE = 40;
    private static final int SHORTER = 25;

    private final SharedServers.Database database = TestLog.freshDatabase();
    private final MysqlEventLog whole = TestLog.open(database);
    private final SharedServers.Database shorter = SharedServers.freshDatabase();
    private final DatabaseUrl owner = DatabaseUrl.parse(shorter.ownerUrl());
    private final DatabaseUrl application = DatabaseUrl.parse(shorter.applicationUrl());
    private List<byte[]> entries = List.of();

    @BeforeEach
    void fill() {
        for (int i = 0; i < SIZE; i++) whole.append(unit(event(aggregate(), 0))).join();
        entries = whole.read(0, SIZE).stream().map(EntryCodec::encode).toList();
        MerkleFrontier tree = new MerkleFrontier();
        entries.subList(0, SHORTER).forEach(tree::append);
        try (LogLoader loader = LogLoader.begin(owner, 0)) {
            loader.load(0, entries.subList(0, SHORTER));
            loader.finish(whole.head().origin(), tree, LogVerifier.Progress.NONE);
        }
        LogSchema.migrate(owner, application, 0);
    }

    @AfterEach
    void close() {
        whole.close();
    }

    private List<byte[]> missing() {
        return entries.subList(SHORTER, SIZE);
    }

    @Test
    void appendsEntriesByteForByteAndFencesFirst() {
        try (LogContinuation continuation = LogContinuation.begin(application, 0)) {
            continuation.shut();
            assertThat(continuation.head().epoch()).isEqualTo(1);
            continuation.append(missing().subList(0, 7));
            continuation.append(missing().subList(7, SIZE - SHORTER));
            assertThat(continuation.head().root()).isEqualTo(whole.head().root());
        }
        assertThat(LogVerifier.verify(application, 0, LogVerifier.Progress.NONE).problems())
                .isEmpty();
        assertThat(LogHeads.find(application, 0).orElseThrow().recordedTimeMicros())
                .isEqualTo(whole.head().recordedTimeMicros());
    }

    @Test
    void letsNobodyElseAppendBeforeItHasEnded() {
        try (MysqlEventLog other = MysqlEventLog.open(application, LogSettings.defaults())) {
            try (LogContinuation cutOff = LogContinuation.begin(application, 0)) {
                cutOff.shut();
                cutOff.append(missing().subList(0, 7));
            }
            assertThatThrownBy(() -> other.append(unit(event(aggregate(), 0))).join())
                    .hasCauseInstanceOf(LogClosedException.class);
            try (LogContinuation continuation = LogContinuation.begin(application, 0)) {
                continuation.shut();
                continuation.append(missing().subList(7, SIZE - SHORTER));
                continuation.open();
            }
            assertThat(other.append(unit(event(aggregate(), 0))).join().firstPosition())
                    .isEqualTo(SIZE);
        }
    }

    @Test
    void endsWhereAnotherContinuationAppendsMeanwhile() {
        try (MysqlEventLog log = MysqlEventLog.open(application, LogSettings.defaults());
                LogContinuation continuation = LogContinuation.begin(application, 0);
                LogContinuation other = LogContinuation.begin(application, 0)) {
            continuation.shut();
            other.shut();
            continuation.open();
            assertThatThrownBy(() -> log.append(unit(event(aggregate(), 0))).join())
                    .as("it is the other's")
                    .hasCauseInstanceOf(LogClosedException.class);
            assertThatThrownBy(() -> continuation.append(missing()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another process appends");
            other.append(missing());
        }
    }

    @Test
    void refusesWhatDoesNotBelongBehindTheHead() {
        try (LogContinuation continuation = LogContinuation.begin(application, 0)) {
            assertThatThrownBy(() -> continuation.append(entries.subList(SHORTER + 1, SIZE)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("position 25");
            assertThat(continuation.head().size()).isEqualTo(SHORTER);
        }
    }

    @Test
    void comparesRowsWithATreeAndNamesTheFirstThatDiffers() throws Exception {
        MemoryTree tree = new MemoryTree(entries);
        assertThat(difference(tree)).isEmpty();
        for (String trigger : List.of("event_no_update", "event_no_delete"))
            TestLog.execute(shorter.ownerUrl(), "DROP TRIGGER " + trigger);
        for (int position : List.of(24, 17, 8, 3, 0)) {
            TestLog.execute(
                    shorter.ownerUrl(),
                    "UPDATE event SET time = time + 1 WHERE position = " + position);
            assertThat(difference(tree)).hasValue(position);
        }
        TestLog.execute(shorter.ownerUrl(), "DELETE FROM event WHERE position = 0");
        assertThat(difference(tree)).hasValue(0);
    }

    private OptionalLong difference(LogComparison.Tree tree) {
        return LogComparison.firstDifference(
                application, 0, SHORTER, 8, tree, LogVerifier.Progress.NONE);
    }

    private record MemoryTree(List<byte[]> entries) implements LogComparison.Tree {
        @Override
        public byte[] root(long from, long to) {
            MerkleFrontier tree = new MerkleFrontier();
            leaves(from, to).forEach(tree::appendLeaf);
            return tree.root();
        }

        @Override
        public List<byte[]> leaves(long from, long to) {
            MerkleFrontier hasher = new MerkleFrontier();
            return entries.subList((int) from, (int) to).stream().map(hasher::append).toList();
        }
    }

    @Test
    void opensNoLogWhereALoadHasNotEndedNotEvenOneThatStoredNothing() throws Exception {
        SharedServers.Database empty = SharedServers.freshDatabase();
        DatabaseUrl url = DatabaseUrl.parse(empty.ownerUrl());
        LogLoader.begin(url, 0).close();
        assertThat(indexes(empty)).isEqualTo("");
        assertThatThrownBy(
                        () -> LogSchema.migrate(url, DatabaseUrl.parse(empty.applicationUrl()), 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has not ended");
        try (LogLoader again = LogLoader.begin(url, 0)) {
            again.finish("pms/log/empty", new MerkleFrontier(), LogVerifier.Progress.NONE);
        }
        LogSchema.migrate(url, DatabaseUrl.parse(empty.applicationUrl()), 0);
        assertThat(LogHeads.find(url, 0).orElseThrow().origin()).isEqualTo("pms/log/empty");
        assertThat(indexes(empty)).isEqualTo("event_event_id,event_subject_sequence");
        assertThat(indexes(shorter)).isEqualTo(indexes(empty));
    }

    @Test
    void isLoadedByOneRestoreAtATime() {
        SharedServers.Database empty = SharedServers.freshDatabase();
        DatabaseUrl url = DatabaseUrl.parse(empty.ownerUrl());
        try (LogLoader first = LogLoader.begin(url, 0)) {
            assertThatThrownBy(() -> LogLoader.begin(url, 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is under way");
            first.load(0, entries);
        }
        assertThatThrownBy(() -> LogTables.begin(url, "999")).hasMessageContaining("newer");
        LogSchema.migrate(url, DatabaseUrl.parse(empty.applicationUrl()), 7); // another log
        LogLoader.begin(url, 0).close();
    }

    @Test
    void getsAnIndexBackThatSomebodyHasTakenAway() throws Exception {
        TestLog.execute(shorter.ownerUrl(), "ALTER TABLE event DROP KEY event_event_id");
        LogSchema.migrate(owner, application, 0);
        assertThat(indexes(shorter)).isEqualTo("event_event_id,event_subject_sequence");
    }

    private static String indexes(SharedServers.Database database) throws Exception {
        return query(
                database.ownerUrl(),
                "SELECT COALESCE(GROUP_CONCAT(DISTINCT index_name ORDER BY index_name), '') FROM information_schema.statistics"
                        + " WHERE table_schema = DATABASE() AND table_name = 'event' AND index_name <> 'PRIMARY'");
    }
}
