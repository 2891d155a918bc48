package io.pms.projection.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LagTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Partition ACME = Partition.of("tasks", "acme");

    private final TestRig rig = TestRig.single("--appendonly", "no");
    private final RandomHistory history = new RandomHistory(new Random(1));

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private static double gauge(TestWorker asked, String name) {
        return asked.meters
                .get("pms.projection." + name)
                .tag("projection", "tasks")
                .tag("partition", String.valueOf(ACME.number()))
                .gauge()
                .value();
    }

    @Test
    void growsWhenNobodyFeedsAndIsGoneWhenSomebodyDoes() {
        TestWorker feeding = rig.worker(TestRig.PROJECTIONS, rig.log);
        long last = rig.append(history.next(20));
        await().atMost(LONG).until(() -> rig.allAt(last));
        feeding.close();
        rig.append(history.next(7));
        TestWorker asked = rig.reader(TestRig.PROJECTIONS);
        await().atMost(LONG).until(() -> gauge(asked, "lag.events") == 7);
        double seconds = gauge(asked, "lag.seconds");
        await().atMost(LONG).until(() -> gauge(asked, "lag.seconds") > seconds);
        rig.append(history.next(3));
        await().atMost(LONG).until(() -> gauge(asked, "lag.events") == 10);
        assertThat(asked.projections.status("tasks").lagEvents()).isEqualTo(10);
        rig.worker(TestRig.PROJECTIONS, rig.log);
        await().atMost(LONG).until(() -> gauge(asked, "lag.events") == 0);
        assertThat(gauge(asked, "lag.seconds")).isZero();
    }
}
