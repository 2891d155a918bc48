package io.pms.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.archive.Archive;
import io.pms.archive.ArchiveCopy;
import io.pms.archive.ArchiveProperties;
import io.pms.archive.ArchiveVerifier;
import io.pms.archive.SampleArchive;
import io.pms.archive.SampleLog;
import io.pms.archive.TrustedArchive;
import io.pms.embedded.SharedServers;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogVerifier;
import io.pms.objects.ObjectServer;
import io.pms.objects.ObjectStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An archive in a bucket of a real server, opened as the command line does. */
class S3RecoveryTest {
    private static final int SIZE = 900;

    private static SampleLog log;
    private static ObjectStore store;

    @BeforeAll
    static void fill() {
        System.setProperty("aws.accessKeyId", ObjectServer.ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", ObjectServer.SECRET);
        String url = "s3://" + ObjectServer.BUCKET + "/" + UUID.randomUUID();
        URI endpoint = URI.create("http://127.0.0.1:" + ObjectServer.s3proxy().port());
        ArchiveProperties properties =
                new ArchiveProperties(
                        url,
                        false,
                        null,
                        Duration.ZERO,
                        false,
                        endpoint,
                        "eu-central-1",
                        null,
                        null);
        store = ObjectStore.open(url, properties.settings());
        log = new SampleLog();
        log.append(SIZE);
        ArchiveCopy.write(log.log(), store, List.of(SampleArchive.SEED));
    }

    @AfterAll
    static void close() {
        log.close();
        store.close();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    private static TrustedArchive trusted() {
        Archive archive = new Archive(store);
        return TrustedArchive.open(archive, archive.ownKeys());
    }

    @Test
    void isVerified() {
        Archive archive = new Archive(store);
        ArchiveVerifier.Result result =
                ArchiveVerifier.verify(archive, archive.ownKeys(), LogVerifier.Progress.NONE);
        assertThat(result.damages()).isEmpty();
        assertThat(result.checkpoint().size()).isEqualTo(SIZE);
    }

    @Test
    void isRestored() {
        DatabaseUrl owner = DatabaseUrl.parse(SharedServers.freshDatabase().ownerUrl());
        Restore.Restored restored =
                new Restore(trusted(), owner, "ann", Restore.Progress.NONE)
                        .run(new Target.Latest());
        assertThat(restored.size()).isEqualTo(SIZE);
        assertThat(restored.origin()).isEqualTo(log.log().head().origin());
        assertThat(new ArchiveComparison(trusted(), owner, 0).problem(LogVerifier.Progress.NONE))
                .isEmpty();
    }

    @Test
    void isRolledForward() {
        try (SampleLog shorter = log.asItWasAt(400)) {
            RollForward.Outcome outcome =
                    new RollForward(trusted(), shorter.application(), 0, Restore.Progress.NONE)
                            .run(false);
            assertThat(outcome).isEqualTo(new RollForward.Outcome(400, SIZE, SIZE, null));
            assertThat(shorter.log().head().root()).isEqualTo(log.log().head().root());
        }
    }
}
