package io.pms.projection.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.projection.runtime.ProjectionStatus.Share;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharingTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final TestRig rig = TestRig.single("--appendonly", "no");
    private final RandomHistory history = new RandomHistory(new Random(1));

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private TestWorker worker() {
        return rig.worker(TestRig.PROJECTIONS, rig.log);
    }

    /** How many partitions of all projections each worker feeds. */
    private static Collection<Long> shares(TestWorker asked) {
        Map<String, Long> byWorker =
                asked.projections.status().stream()
                        .flatMap(status -> status.partitions().stream())
                        .map(Share::worker)
                        .map(String::valueOf)
                        .collect(Collectors.groupingBy(each -> each, Collectors.counting()));
        return byWorker.containsKey("null") ? List.of() : byWorker.values();
    }

    private static void awaitShares(TestWorker asked, Long... expected) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(shares(asked)).containsExactlyInAnyOrder(expected));
    }

    private void applied(TestWorker asked) {
        long last = rig.append(history.next(50));
        await().atMost(LONG).until(() -> rig.allAt(last));
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(asked.projections.status())
                                .allSatisfy(each -> assertThat(each.failure()).isNull()));
    }

    @Test
    void whoJoinsGetsAShareAndWhoLeavesGivesItBack() {
        TestWorker first = worker();
        awaitShares(first, 32L);
        TestWorker second = worker();
        awaitShares(first, 16L, 16L);
        applied(first);
        second.close();
        awaitShares(first, 32L);
        applied(first);
    }

    @Test
    void whoeverAsksIsToldThatNobodyFeedsIt() {
        TestWorker only = worker();
        awaitShares(only, 32L);
        applied(only);
        TestWorker reader = rig.reader(TestRig.PROJECTIONS);
        only.crash();
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(reader.projections.status())
                                .allSatisfy(each ->
                                        assertThat(each.failure()).startsWith("nobody feeds")));
        worker();
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(reader.projections.status())
                                .allSatisfy(each -> assertThat(each.failure()).isNull()));
    }

    @Test
    void theOthersTakeOverFromOneThatDiedWithoutAWord() {
        TestWorker first = worker();
        TestWorker second = worker();
        awaitShares(first, 16L, 16L);
        second.crash();
        awaitShares(first, 32L);
        applied(first);
    }
}
