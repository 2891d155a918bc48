package io.pms.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.archive.Archive;
import io.pms.archive.ArchiveVerifier;
import io.pms.archive.SampleArchive;
import io.pms.archive.SampleLog;
import io.pms.archive.TrustedArchive;
import io.pms.embedded.SharedServers;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogVerifier;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A store takes its time for each object: several have to be under way. */
class FarArchiveTest {
    /** Of two ranges that a restore loads, whose second one is short. */
    private static final int SIZE = (1 << 14) + 600;

    private static SampleLog log;
    private static SampleArchive archive;

    @BeforeAll
    static void fill() {
        log = new SampleLog();
        log.append(SIZE);
        archive = SampleArchive.of(log);
    }

    @AfterAll
    static void close() {
        archive.close();
        log.close();
    }

    private static ObjectStore store() {
        return ObjectStore.open(archive.url(), ObjectStoreSettings.defaults());
    }

    /** Each of them is answered only when another one is asked for. */
    @Test
    void isVerifiedWithSeveralTilesUnderWay() {
        try (ObjectStore opened = store();
                CompanyStore store = new CompanyStore(opened, "tile/0/", 2)) {
            assertThat(
                            ArchiveVerifier.verify(
                                            new Archive(store),
                                            archive.keys(),
                                            LogVerifier.Progress.NONE)
                                    .damages())
                    .isEmpty();
            store.requireCompany();
        }
    }

    /** More than there are lanes that store them. */
    @Test
    void isRestoredWithBundlesUnderWayWhileOthersAreStored() {
        try (ObjectStore opened = store();
                CompanyStore store = new CompanyStore(opened, "tile/entries/", 4)) {
            TrustedArchive trusted = TrustedArchive.open(new Archive(store), archive.keys());
            DatabaseUrl owner = DatabaseUrl.parse(SharedServers.freshDatabase().ownerUrl());
            Restore.Restored restored =
                    new Restore(trusted, owner, "ann", Restore.Progress.NONE)
                            .run(new Target.Latest());
            assertThat(restored.size()).isEqualTo(SIZE);
            store.requireCompany();
        }
    }
}
