package io.pms.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pms.embedded.SharedServers;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreSettings;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrillHistoryTest {
    private static final DrillReport WELL =
            new DrillReport(
                    Instant.parse("2027-01-01T00:00:00Z"),
                    "pms/log/a",
                    10,
                    "root",
                    0.5,
                    1.0,
                    2.0,
                    3,
                    0,
                    20L,
                    10L,
                    1L,
                    List.of());

    /** One that did not come to restoring. */
    private static final DrillReport FAILED =
            new DrillReport(
                    Instant.parse("2027-01-02T00:00:00Z"),
                    null,
                    0,
                    null,
                    null,
                    null,
                    null,
                    0,
                    0,
                    null,
                    null,
                    null,
                    List.of("the archive is gone"));

    private final ObjectStore store =
            ObjectStore.open(
                    "file:" + SharedServers.temporary("drills"), ObjectStoreSettings.defaults());
    private final DrillHistory history = new DrillHistory(store);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void keepsWhatIsKnownAndWhatIsNot() {
        history.add(WELL);
        history.add(FAILED);
        assertThat(history.all()).containsExactly(FAILED, WELL);
        assertThat(history.latest()).contains(FAILED);
        assertThat(history.latestGood()).contains(WELL);
    }

    @Test
    void aFailureIsSeenInMetricsAndIsNoSuccess() {
        history.add(WELL);
        history.add(FAILED);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (DrillMetrics metrics = new DrillMetrics(history, meters)) {
            metrics.start();
            await().until(() -> meters.get("dr.drill.problems").gauge().value() == 1);
            assertThat(meters.get("dr.drill.rpo").gauge().value()).isNaN();
            assertThat(meters.get("dr.drill.duration").gauge().value()).isNaN();
            assertThat(meters.get("restore.verify.last.success.timestamp").gauge().value())
                    .isEqualTo(WELL.time().getEpochSecond());
        }
    }
}
