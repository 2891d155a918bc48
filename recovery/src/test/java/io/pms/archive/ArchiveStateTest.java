package io.pms.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.embedded.SharedServers;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreSettings;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArchiveStateTest {
    private final SampleLog sample = new SampleLog();
    private final ObjectStore store =
            ObjectStore.open(
                    "file:" + SharedServers.temporary("archive"), ObjectStoreSettings.defaults());

    @AfterEach
    void close() {
        sample.close();
        store.close();
    }

    private ArchiveState state() {
        return new ArchiveState(sample.application(), 0, ArchivingProcess.PLACE);
    }

    private interface Work {
        void run(Statement statement) throws SQLException;
    }

    private void asOwner(Work work) throws SQLException {
        try (Connection owner = DriverManager.getConnection(sample.owner().with(""));
                Statement statement = owner.createStatement()) {
            work.run(statement);
        }
    }

    /** As a server does with those that were idle for its wait_timeout. */
    private void endAllConnections() throws SQLException {
        asOwner(owner -> {
            List<String> ids = new ArrayList<>();
            String sql =
                    "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()";
            try (ResultSet rows = owner.executeQuery(sql)) {
                while (rows.next()) ids.add(rows.getString(1));
            }
            assertThat(ids).isNotEmpty();
            for (String id : ids) owner.execute("KILL " + id);
        });
    }

    @Test
    void isNotedOnANewConnectionWhereTheServerHasEndedTheOld() throws SQLException {
        sample.append(6);
        try (ArchiveState writing = state();
                ArchiveState reading = state()) {
            writing.write(4);
            endAllConnections();
            writing.write(6);
            assertThat(reading.read(null).archived()).isEqualTo(6);
        }
    }

    /** Nothing is appended meanwhile. */
    @Test
    void isNotedUntilOthersCanReadIt() throws SQLException {
        try (ArchivingProcess process = ArchivingProcess.start(sample, store);
                ArchivingProcess other = ArchivingProcess.lookOn(sample)) {
            sample.append(10);
            process.awaitArchived(10);
            other.awaitRpoZero();
            asOwner(owner -> owner.execute("RENAME TABLE archive TO archive_away"));
            sample.append(10);
            process.awaitArchived(20);
            await().until(() -> other.status().rpo().toMillis() > 100);
            asOwner(owner -> owner.execute("RENAME TABLE archive_away TO archive"));
            other.awaitArchived(20);
            other.awaitRpoZero();
        }
    }

    /** It is idle, so nothing else could tell. */
    @Test
    void saysNothingOfAnotherPlace() {
        sample.append(10);
        try (ArchivingProcess process = ArchivingProcess.start(sample, store)) {
            process.awaitArchived(10);
        }
        byte[] elsewhere = place("file:/elsewhere", null);
        try (ArchivingProcess moved = ArchivingProcess.lookOn(sample, elsewhere);
                ArchivingProcess stayed = ArchivingProcess.lookOn(sample)) {
            assertThat(moved.status().lagEvents()).isEqualTo(10);
            assertThat(moved.status().rpo()).isPositive();
            stayed.awaitRpoZero();
        }
    }

    /** As long as it archives, or did last. */
    @Test
    void believesOlderSoftwareWhichNotesNoPlace() throws SQLException {
        sample.append(10);
        try (ArchiveState state = state()) {
            state.write(6);
            asOwner(owner -> owner.execute("UPDATE archive SET place = NULL"));
            assertThat(state.read(null).archived()).isEqualTo(6);
            state.write(7);
            assertThat(state.read(null).archived()).isEqualTo(7);
        }
    }

    @Test
    void tellsPlacesApartAndNotWaysToWriteThem() {
        assertThat(place("s3://bucket/pms/", null)).isEqualTo(place("s3://bucket/pms", null));
        assertThat(place("file:///a/archive/", null)).isEqualTo(place("file:/a/archive", null));
        List<byte[]> different =
                List.of(
                        place("s3://bucket/pms", null),
                        place("s3://bucket", null),
                        place("s3://other/pms", null),
                        place("s3://bucket/pms", "https://minio:9000"),
                        place("s3://bucket/pms", "https://other:9000"),
                        place("file:/a/archive", null),
                        place("file:/b/archive", null));
        assertThat(different.stream().map(HexFormat.of()::formatHex)).doesNotHaveDuplicates();
        assertThat(place("s3://bucket/pms", "https://minio:9000/"))
                .isEqualTo(place("s3://bucket/pms", "https://minio:9000"));
    }

    private static byte[] place(String url, @Nullable String endpoint) {
        URI uri = endpoint == null ? null : URI.create(endpoint);
        return new ArchiveProperties(url, true, null, Duration.ZERO, true, uri, null, null, null)
                .place();
    }
}
