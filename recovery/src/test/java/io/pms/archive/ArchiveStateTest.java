package io.pms.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.embedded.SharedServers;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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
        try (ArchiveState writing = new ArchiveState(sample.application(), 0);
                ArchiveState reading = new ArchiveState(sample.application(), 0)) {
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
}
