package io.pms.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.archive.DamagedArchiveException;
import io.pms.archive.SampleArchive;
import io.pms.archive.SampleLog;
import io.pms.archive.TrustedArchive;
import io.pms.embedded.SharedServers;
import io.pms.entry.Entry;
import io.pms.entry.EntryCodec;
import io.pms.entry.JsonEventTypes;
import io.pms.entry.PersonIds;
import io.pms.event.LogEvent.LogForked;
import io.pms.event.PersonEvent.PersonErased;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogHeads;
import io.pms.log.LogLoader;
import io.pms.log.LogSchema;
import io.pms.log.LogSettings;
import io.pms.log.LogVerifier;
import io.pms.log.MysqlEventLog;
import io.pms.log.NewEvent;
import io.pms.log.Unit;
import io.pms.tlog.LogTrust;
import io.pms.tlog.SignedNote;
import io.pms.tlog.UntrustedNoteException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestoreTest {
    private static final int SIZE = 900;

    private final SharedServers.Database database = SharedServers.freshDatabase();
    private final DatabaseUrl owner = DatabaseUrl.parse(database.ownerUrl());
    private final DatabaseUrl application = DatabaseUrl.parse(database.applicationUrl());
    private final SampleLog log = new SampleLog();
    private SampleArchive archive;

    @BeforeEach
    void fill() {
        log.append(SIZE);
        archive = SampleArchive.of(log);
    }

    @AfterEach
    void close() {
        archive.close();
        log.close();
    }

    private Restore.Restored restore(Target target) {
        return restore(archive.trusted(), target);
    }

    private Restore.Restored restore(TrustedArchive trusted, Target target) {
        return new Restore(trusted, owner, "ann", Restore.Progress.NONE).run(target);
    }

    /** The restored database, opened as the platform does. */
    private MysqlEventLog open() {
        LogSchema.migrate(owner, application, 0);
        return MysqlEventLog.open(application, LogSettings.defaults());
    }

    private static List<String> entries(MysqlEventLog of, int limit) {
        return of.read(0, limit).stream()
                .map(entry -> new String(EntryCodec.encode(entry), StandardCharsets.UTF_8))
                .toList();
    }

    private void requireIntact() {
        assertThat(LogVerifier.verify(owner, 0, LogVerifier.Progress.NONE).problems()).isEmpty();
    }

    @Test
    void bringsBackTheLatestByteForByteUnderItsOrigin() {
        Restore.Restored restored = restore(new Target.Latest());
        assertThat(restored.parent()).isNull();
        try (MysqlEventLog opened = open()) {
            assertThat(opened.head().origin()).isEqualTo(log.log().head().origin());
            assertThat(opened.head().root()).isEqualTo(log.log().head().root());
            assertThat(opened.head().recordedTimeMicros())
                    .isEqualTo(log.log().head().recordedTimeMicros());
            assertThat(entries(opened, SIZE)).isEqualTo(entries(log.log(), SIZE));
            requireIntact();
        }
    }

    @Test
    void restoresAnArchiveOfNothing() {
        try (SampleLog empty = new SampleLog();
                SampleArchive nothing = SampleArchive.of(empty)) {
            assertThat(restore(nothing.trusted(), new Target.Latest()).size()).isZero();
            try (MysqlEventLog opened = open()) {
                assertThat(opened.head().origin()).isEqualTo(empty.log().head().origin());
            }
        }
    }

    @Test
    void forksAtAPositionAndSaysFromWhereItCame() {
        Restore.Restored restored = restore(new Target.Position(400));
        assertThat(restored.kept()).isEqualTo(401);
        assertThat(restored.parent()).isEqualTo(log.log().head().origin());
        try (MysqlEventLog opened = open()) {
            assertThat(opened.head().size()).isEqualTo(402);
            assertThat(opened.head().origin())
                    .isEqualTo(restored.origin())
                    .isNotEqualTo(restored.parent());
            assertThat(entries(opened, 401)).isEqualTo(entries(log.log(), 401));
            Entry entry = opened.read(401, 1).getFirst();
            LogForked forked = (LogForked) new JsonEventTypes().read(entry.type(), entry.data());
            assertThat(entry.type()).isEqualTo("pms.log.LogForked.v1");
            assertThat(entry.actor()).isEqualTo("ann");
            assertThat(forked.origin()).isEqualTo(restored.origin());
            assertThat(forked.parentOrigin()).isEqualTo(restored.parent());
            assertThat(forked.parentSize()).isEqualTo(SIZE);
            LogTrust trust = TrustedArchive.trust(archive.keys());
            byte[] note = forked.parentCheckpoint().getBytes(StandardCharsets.UTF_8);
            assertThat(trust.open(SignedNote.decode(note)).root()).hasToString(forked.parentRoot());
            requireIntact();
        }
    }

    /** Else they would be back: their keys may come from a backup. */
    @Test
    void saysInAForkWhoWasErasedAfterWhatItKeeps() {
        String ann = PersonIds.erasureId("tenant", "ann");
        NewEvent erasure =
                new NewEvent(
                        null,
                        "pms.person.PersonErased.v1",
                        ann,
                        0,
                        1_700_000_000_000_123L,
                        "tenant",
                        "officer",
                        "correlation",
                        null,
                        null,
                        "{\"reason\":\"asked for\"}",
                        null,
                        new JsonEventTypes().write(new PersonErased(ann, "ann")));
        log.log().append(new Unit(List.of(erasure), null)).join();
        archive.follow(log);
        assertThat(restore(new Target.Position(400)).erasures()).isEqualTo(1);
        try (MysqlEventLog opened = open()) {
            Entry parents = log.log().read(SIZE, 1).getFirst();
            Entry again = opened.read(402, 1).getFirst();
            assertThat(opened.head().size()).isEqualTo(403);
            assertThat(again)
                    .usingRecursiveComparison()
                    .ignoringFields("id", "position", "recordedTimeMicros", "causationId")
                    .isEqualTo(parents);
            assertThat(again.causationId()).isEqualTo(parents.id());
            requireIntact();
        }
    }

    @Test
    void refusesDamageBehindWhatIsKeptUnlessItIsTold() {
        String key =
                archive.keysOfTiles().stream()
                        .filter(tile -> tile.startsWith("tile/entries/002"))
                        .findFirst()
                        .orElseThrow();
        archive.delete(key);
        Target target = new Target.Position(400);
        assertThatThrownBy(() -> restore(target))
                .isInstanceOf(DamagedArchiveException.class)
                .hasMessageContaining("002");
        Restore restore = new Restore(archive.trusted(), owner, "ann", Restore.Progress.NONE);
        assertThat(restore.run(target, true).damage()).singleElement().asString().contains("002");
        requireIntact();
    }

    @Test
    void keepsWhatWasRecordedByATime() {
        long time = log.log().read(555, 1).getFirst().recordedTimeMicros();
        Restore.Restored restored = restore(new Target.RecordedTime(time));
        List<Entry> all = log.log().read(0, SIZE);
        assertThat(restored.kept())
                .isEqualTo(
                        all.stream().filter(entry -> entry.recordedTimeMicros() <= time).count());
        assertThatThrownBy(() -> restore(new Target.RecordedTime(1)))
                .hasMessageContaining("the first event was at ");
    }

    @Test
    void readsTargetsAndRefusesWhatIsNone() {
        assertThat(Target.parse("latest")).isEqualTo(new Target.Latest());
        assertThat(Target.parse("17")).isEqualTo(new Target.Position(17));
        assertThat(Target.parse("1970-01-01T01:00:00.000005+01:00"))
                .isEqualTo(new Target.RecordedTime(5));
        for (String wrong : List.of("", "-1", "yesterday", "2026-11-23T08:00:00", "1e3"))
            assertThatThrownBy(() -> Target.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("--to is");
    }

    @Test
    void refusesAPositionThatTheArchiveDoesNotHave() {
        assertThatThrownBy(() -> restore(new Target.Position(SIZE)))
                .hasMessageContaining("the archive ends at position 899");
    }

    @Test
    void refusesADatabaseThatHasALog() {
        LogSchema.migrate(owner, application, 0);
        assertThatThrownBy(() -> restore(new Target.Latest()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("restore into an empty database");
    }

    @Test
    void refusesAnotherKey() {
        try (SampleLog other = new SampleLog();
                SampleArchive others = SampleArchive.of(other)) {
            assertThatThrownBy(() -> TrustedArchive.open(archive.archive(), others.keys()))
                    .isInstanceOf(UntrustedNoteException.class);
        }
    }

    @Test
    void refusesWhatWasNotSignedAndLeavesNothingThatOpens() {
        for (String key : archive.keysOfTiles()) {
            byte[] bytes = archive.get(key);
            byte[] changed = bytes.clone();
            changed[bytes.length / 2] ^= 1;
            for (byte[] bad :
                    List.of(changed, Arrays.copyOf(bytes, bytes.length - 1), new byte[0])) {
                if (bad.length == 0) archive.delete(key);
                else archive.put(key, bad);
                assertThatThrownBy(() -> restore(new Target.Latest()))
                        .as(key + " " + bad.length)
                        .isInstanceOf(DamagedArchiveException.class)
                        .hasMessageContaining("position");
                archive.put(key, bytes);
                assertThat(LogHeads.find(owner, 0)).isEmpty();
                if (isBegun())
                    assertThatThrownBy(this::start)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("has not ended");
            }
        }
        restore(new Target.Latest());
        requireIntact();
    }

    /** What is found out before anything is made leaves an empty database. */
    private boolean isBegun() {
        try (Connection connection = DriverManager.getConnection(owner.jdbc());
                ResultSet tables =
                        connection.getMetaData().getTables(owner.database(), null, "event", null)) {
            return tables.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void start() {
        LogSchema.migrate(owner, application, 0);
    }

    @Test
    void goesOnWhereAnotherAttemptStoppedAndRefusesAnothers() {
        try (LogLoader loader = LogLoader.begin(owner, 0)) {
            loader.load(0, archive.trusted().entries(0).subList(0, 100));
        }
        restore(new Target.Latest());
        requireIntact();

        SharedServers.Database second = SharedServers.freshDatabase();
        DatabaseUrl other = DatabaseUrl.parse(second.ownerUrl());
        try (SampleLog foreign = new SampleLog()) {
            foreign.append(50);
            List<byte[]> entries =
                    foreign.log().read(0, 50).stream().map(EntryCodec::encode).toList();
            try (LogLoader loader = LogLoader.begin(other, 0)) {
                loader.load(0, entries);
            }
        }
        assertThatThrownBy(() ->
                        new Restore(archive.trusted(), other, null, Restore.Progress.NONE)
                                .run(new Target.Latest()))
                .hasMessageContaining("position 0 belongs to another attempt");
        assertThatThrownBy(() ->
                        new Restore(archive.trusted(), other, null, Restore.Progress.NONE)
                                .run(new Target.Position(20)))
                .hasMessageContaining("up to position 49 already");
    }
}
