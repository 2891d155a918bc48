package io.pms.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.backup.TroubledStore.StoppedAt;
import io.pms.embedded.EmbeddedDatabase;
import io.pms.embedded.SharedServers;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogSchema;
import io.pms.objects.ObjectStoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackupTroubleTest {
    private final SampleDatabase source = new SampleDatabase().fill();
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

    private void requireNothing(DatabaseUrl target) {
        if (!Sql.tables(target).contains("log_head")) return;
        assertThat(Sql.query(target, "SELECT origin FROM log_head")).isEmpty();
    }

    @Test
    void aBackupThatIsStoppedAtAnyOfItsCallsIsNone() {
        int calls = 0;
        while (true) {
            StoppedAt stop = new StoppedAt(++calls);
            Backups stopped =
                    BackupPlace.backups(
                            new TroubledStore(place.objects(), stop), InstantSource.system());
            try {
                stopped.write(source.application(), BackupProgress.NONE);
                break;
            } catch (TroubledStore.Stopped e) {
                assertThat(backups.names()).isEmpty();
            }
        }
        assertThat(calls).isGreaterThan(10);
        assertThat(backups.names()).hasSize(1);
        assertThat(backups.store().unfinished()).hasSizeGreaterThan(5);
        DatabaseUrl target = BackupPlace.emptyDatabase();
        Backup whole = backups.find(backups.names().getFirst()).orElseThrow();
        backups.restore(whole, target, BackupProgress.NONE);
        assertThat(Sql.rows(target)).isEqualTo(Sql.rows(source.owner()));
    }

    @Test
    void aPartThatIsNotWhatWasWrittenIsRefused() {
        Backup backup = write();
        Map<String, List<String>> rows = Sql.rows(source.owner());
        DatabaseUrl target = BackupPlace.emptyDatabase();
        for (Backup.Part part : backup.parts()) {
            byte[] bytes = place.bytes(part.key());
            byte[] flipped = bytes.clone();
            flipped[bytes.length / 2] ^= 4;
            for (byte[] wrong :
                    List.of(flipped, Arrays.copyOf(bytes, bytes.length - 1), new byte[0])) {
                place.put(part.key(), wrong);
                assertThatThrownBy(() -> backups.restore(backup, target, BackupProgress.NONE))
                        .isInstanceOf(BackupException.class)
                        .hasMessageContaining(part.key() + " is not what was backed up");
                requireNothing(target);
            }
            place.put(part.key(), bytes);
        }
        backups.restore(backup, target, BackupProgress.NONE);
        assertThat(Sql.rows(target)).isEqualTo(rows);
    }

    @Test
    void aPartThatIsMissingIsRefusedBeforeTheDatabaseIsTouched() {
        Backup backup = write();
        DatabaseUrl target = BackupPlace.emptyDatabase();
        place.objects().delete(backup.parts().getLast().key());
        assertThatThrownBy(() -> backups.restore(backup, target, BackupProgress.NONE))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("are missing");
        assertThat(Sql.tables(target)).isEmpty();
    }

    @Test
    void aManifestThatWasForgedIsFoundOut() {
        Backup backup = write();
        String key = "manifests/" + backup.name() + ".json";
        byte[] manifest = place.bytes(key);
        String text = new String(manifest, StandardCharsets.UTF_8);
        DatabaseUrl target = BackupPlace.emptyDatabase();
        for (String forged :
                List.of(
                        text.replace("\"rows\" : 60", "\"rows\" : 59"),
                        text.replace("\"rows\" : 60", "\"rows\" : 61"),
                        text.replace("\"size\" : 60", "\"size\" : 59"),
                        text.replaceFirst("\"binary\" : true", "\"binary\" : false"),
                        text.replace("pms-backup/1", "pms-backup/2"),
                        text.replaceFirst("\"schema\" : \"[^\"]*\"", "\"schema\" : \"999\""),
                        text.substring(0, text.length() / 2),
                        "{}",
                        "")) {
            assertThat(forged).isNotEqualTo(text);
            place.put(key, forged.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() ->
                            backups.restore(
                                    backups.find(backup.name()).orElseThrow(),
                                    target,
                                    BackupProgress.NONE))
                    .isInstanceOfAny(BackupException.class, IllegalStateException.class);
            requireNothing(target);
        }
    }

    @Test
    void eventsThatWereForgedWithTheirManifestAreFoundOut() {
        Sql.execute(
                source.owner(),
                "DROP TRIGGER event_no_update",
                "UPDATE event SET actor = 'nobody' WHERE position = 3");
        Backup backup = write();
        DatabaseUrl target = BackupPlace.emptyDatabase();
        assertThatThrownBy(() -> backups.restore(backup, target, BackupProgress.NONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("position 3");
        requireNothing(target);
        assertThatThrownBy(() -> LogSchema.migrate(target, target, 0))
                .hasMessageContaining("a restore into this database has not ended");
    }

    @Test
    void aRestoreThatIsStoppedBeginsAgain() {
        Backup backup = write();
        DatabaseUrl target = BackupPlace.emptyDatabase();
        for (int call = 1; ; call++) {
            StoppedAt stop = new StoppedAt(call);
            Backups stopped =
                    BackupPlace.backups(
                            new TroubledStore(place.objects(), stop), InstantSource.system());
            try {
                stopped.restore(backup, target, BackupProgress.NONE);
                break;
            } catch (TroubledStore.Stopped e) {
                requireNothing(target);
            }
        }
        assertThat(Sql.rows(target)).isEqualTo(Sql.rows(source.owner()));
        assertThat(Sql.tables(target)).isEqualTo(Sql.tables(source.owner()));
    }

    @Test
    void aDatabaseThatGoesAwayMidwayLeavesNoBackup() {
        try (EmbeddedDatabase server =
                        SharedServers.startDatabase(SharedServers.temporary("dying"), List.of());
                SampleDatabase dying = new SampleDatabase(server, "pms")) {
            dying.append(5);
            TroubledStore store =
                    new TroubledStore(
                            place.objects(),
                            (call, key) -> {
                                if (call.equals("put")) server.kill();
                            });
            Backups unlucky = BackupPlace.backups(store, InstantSource.system());
            assertThatThrownBy(() -> unlucky.write(dying.application(), BackupProgress.NONE))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("failed while it was backed up");
            assertThat(place.keys()).isEmpty();
            assertThatThrownBy(() -> unlucky.write(dying.application(), BackupProgress.NONE))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("cannot reach the database");
        }
    }

    @Test
    void aStoreThatFailsMidwayLeavesNoBackup() throws IOException {
        Path away = place.folder().resolveSibling(place.folder().getFileName() + "-away");
        TroubledStore store =
                new TroubledStore(
                        place.objects(),
                        (call, key) -> {
                            if (key.contains("policy_token")) move(place.folder(), away);
                        });
        Backups unlucky = BackupPlace.backups(store, InstantSource.system());
        assertThatThrownBy(() -> unlucky.write(source.application(), BackupProgress.NONE))
                .isInstanceOf(ObjectStoreException.class)
                .hasMessageContaining("the folder is not there");
        move(away, place.folder());
        assertThat(backups.names()).isEmpty();
        write();
        assertThat(backups.names()).hasSize(1);
    }

    private static void move(Path from, Path to) {
        try {
            if (Files.exists(from)) Files.move(from, to);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void oneProcessAtATimeMakesABackup() {
        try (Turn other = Turn.take(source.owner())) {
            assertThat(other).isNotNull();
            assertThatThrownBy(this::write)
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("another process is backing");
        }
        write();
    }
}
