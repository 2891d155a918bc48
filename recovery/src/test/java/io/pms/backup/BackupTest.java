package io.pms.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.log.DatabaseUrl;
import io.pms.log.LogSchema;
import io.pms.log.LogSettings;
import io.pms.log.LogVerifier;
import io.pms.log.MysqlEventLog;
import io.pms.log.NewEvent;
import io.pms.log.Unit;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackupTest {
    private final SampleDatabase source = new SampleDatabase();
    private final BackupPlace place = new BackupPlace();
    private final Backups backups = place.backups();

    @AfterEach
    void close() {
        source.close();
        place.close();
    }

    private Backup write() {
        return backups.write(source.application(), BackupProgress.NONE);
    }

    private DatabaseUrl restored(Backup backup) {
        DatabaseUrl target = BackupPlace.emptyDatabase();
        assertThat(backups.restore(backup, target, BackupProgress.NONE).leftOut()).isEmpty();
        return target;
    }

    @Test
    void givesBackEveryRowOfEveryTable() {
        source.fill();
        Map<String, List<String>> rows = Sql.rows(source.owner());
        assertThat(rows.entrySet())
                .allSatisfy(table -> assertThat(table.getValue()).as(table.getKey()).isNotEmpty());
        Backup backup = write();
        assertThat(backup.rows()).isEqualTo(rows.values().stream().mapToLong(List::size).sum());
        DatabaseUrl target = restored(backups.find(backup.name()).orElseThrow());
        assertThat(Sql.rows(target)).isEqualTo(rows);
        assertThat(Sql.tables(target)).isEqualTo(Sql.tables(source.owner()));
        assertThat(Sql.query(target, "SELECT MAX(version) FROM pms_log_schema"))
                .isEqualTo(Sql.query(source.owner(), "SELECT MAX(version) FROM pms_log_schema"));
    }

    @Test
    void givesBackPeoplesKeysAloneWhereTheLogCameFromElsewhere() {
        source.fill();
        Backup backup = write();
        DatabaseUrl target = BackupPlace.emptyDatabase();
        assertThatThrownBy(() -> backups.restoreKeys(backup, target, BackupProgress.NONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("restore its log first");
        LogSchema.migrate(target, target, 0);
        assertThat(backups.restoreKeys(backup, target, BackupProgress.NONE)).isEqualTo(2);
        assertThat(Sql.rows(target, "subject_key", "TRUE"))
                .isEqualTo(Sql.rows(source.owner(), "subject_key", "TRUE"));
        assertThat(Sql.rows(target, "event", "TRUE")).isEmpty();
        assertThatThrownBy(() -> backups.restoreKeys(backup, target, BackupProgress.NONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has keys of people already");
    }

    @Test
    void givesBackALogThatVerifiesAndGoesOn() {
        source.fill();
        DatabaseUrl target = restored(write());
        assertThat(LogVerifier.verify(target, 0, LogVerifier.Progress.NONE).problem()).isNull();
        LogSchema.migrate(target, target, 0);
        try (MysqlEventLog log = MysqlEventLog.open(target, LogSettings.defaults())) {
            assertThat(log.head()).usingRecursiveComparison().isEqualTo(source.log().head());
            NewEvent event =
                    new NewEvent(
                            null,
                            "pms.test.Happened.v1",
                            "b",
                            0,
                            0,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            "{}".getBytes(StandardCharsets.UTF_8));
            assertThat(log.append(new Unit(List.of(event), null)).join().firstPosition())
                    .isEqualTo(60);
            assertThat(LogVerifier.verify(log).problem()).isNull();
        }
        assertThatThrownBy(() -> Sql.execute(target, "DELETE FROM event"))
                .hasStackTraceContaining("events are never deleted");
    }

    @Test
    void isOfOneMomentWhileOthersWrite() throws Exception {
        source.fill();
        CompletableFuture<Void> stop = new CompletableFuture<>();
        CompletableFuture<Void> writer =
                CompletableFuture.runAsync(() -> {
                    while (!stop.isDone()) source.append(1);
                });
        try {
            long size = 0;
            for (int i = 0; i < 5; i++) {
                Backup backup = write();
                Backup.Log log = backup.logs().getFirst();
                assertThat(log.size()).isGreaterThan(size);
                size = log.size();
                DatabaseUrl target = restored(backup);
                LogVerifier.Result result =
                        LogVerifier.verify(target, 0, LogVerifier.Progress.NONE);
                assertThat(result.problem()).isNull();
                assertThat(Base64.getEncoder().encodeToString(result.root())).isEqualTo(log.root());
                String before = "position < " + log.size();
                for (String table : List.of("event", "command_bodies"))
                    assertThat(Sql.rows(target, table, "TRUE"))
                            .isEqualTo(Sql.rows(source.owner(), table, before));
            }
        } finally {
            stop.complete(null);
            writer.join();
        }
    }

    @Test
    void seesWithTheApplicationsAccountWhatTheOwnerSees() {
        source.fill();
        Backup byApplication = write();
        Backup byOwner = backups.write(source.owner(), BackupProgress.NONE);
        assertThat(byApplication.tables().stream().map(Backup.Table::name))
                .containsExactlyInAnyOrderElementsOf(
                        byOwner.tables().stream().map(Backup.Table::name).toList());
    }

    @Test
    void goesIntoAnEmptyDatabaseOnly() {
        source.fill();
        Backup backup = write();
        try (SampleDatabase other = new SampleDatabase()) {
            assertThatThrownBy(() -> backups.restore(backup, other.owner(), BackupProgress.NONE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is not empty");
        }
        DatabaseUrl foreign = BackupPlace.emptyDatabase();
        Sql.execute(foreign, "CREATE TABLE theirs (id INT)");
        assertThatThrownBy(() -> backups.restore(backup, foreign, BackupProgress.NONE))
                .hasMessageContaining("is not empty");
        assertThat(Sql.tables(foreign)).containsExactly("theirs");
        DatabaseUrl target = restored(backup);
        assertThatThrownBy(() -> backups.restore(backup, target, BackupProgress.NONE))
                .hasMessageContaining("is not empty");
        assertThat(Sql.rows(target)).isEqualTo(Sql.rows(source.owner()));
    }

    @Test
    void holdsTablesOfOthersAndSaysThatItDoesNotMakeThem() {
        Sql.execute(
                source.owner(), "CREATE TABLE theirs (id INT)", "INSERT INTO theirs VALUES (1)");
        Backup backup = backups.write(source.owner(), BackupProgress.NONE);
        assertThat(backup.tables())
                .anySatisfy(table -> assertThat(table.name()).isEqualTo("theirs"));
        Restored restored =
                backups.restore(backup, BackupPlace.emptyDatabase(), BackupProgress.NONE);
        assertThat(restored.leftOut()).containsExactly("theirs");
    }

    @Test
    void refusesTablesThatCannotBeReadAsOfOneMoment() {
        Sql.execute(source.owner(), "CREATE TABLE theirs (id INT) ENGINE = MyISAM");
        assertThatThrownBy(() -> backups.write(source.owner(), BackupProgress.NONE))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("theirs")
                .hasMessageContaining("ENGINE = InnoDB");
        assertThat(place.keys()).isEmpty();
    }

    @Test
    void refusesAPlaceThatHasBackupsOfAnotherDatabase() {
        write();
        try (SampleDatabase other = new SampleDatabase()) {
            assertThatThrownBy(() -> backups.write(other.application(), BackupProgress.NONE))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("a place of its own");
        }
        assertThat(backups.names()).hasSize(1);
    }

    @Test
    void saysThatThereIsNoLog() {
        assertThatThrownBy(() -> backups.write(BackupPlace.emptyDatabase(), BackupProgress.NONE))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("there is no log");
    }
}
