package io.pms.projection.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.embedded.EmbeddedRedis;
import io.pms.embedded.EmbeddedRedisCluster;
import io.pms.embedded.SharedServers;
import io.pms.projection.Projection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node of a cluster accepts what is sent to it and answers nothing. */
class HungNodeTest {
    private static final Duration LONG = Duration.ofSeconds(40);

    /** Leases would have ended several times. */
    private static final Duration A_WHILE = Duration.ofSeconds(15);

    /** Where this process itself stands still for as long, leases may end. */
    private static final Duration STOOD_STILL = Duration.ofSeconds(1);

    private final EmbeddedRedisCluster cluster =
            EmbeddedRedisCluster.start(SharedServers.temporary("hung"), 3, List.of());

    private final TestRig rig = TestRig.cluster(TestRig.freshLog(), cluster);
    private final RandomHistory history = new RandomHistory(new Random(1));

    /** Where the workers of a projection are counted. */
    private final EmbeddedRedis hung =
            cluster.nodeOf("workers:tasks:" + TestRig.PROJECTIONS.getFirst().version());

    @AfterEach
    void close() throws Exception {
        hung.resume();
        rig.close();
    }

    private List<Partition> partitionsElsewhere() {
        return TestRig.partitions().stream()
                .filter(each -> cluster.nodeOf(each.buildsKey()) != hung)
                .toList();
    }

    /** Of the newest version, null for nobody. */
    private Map<Partition, String> workers(List<Partition> partitions) {
        Map<Partition, String> workers = new HashMap<>();
        for (Looked each : rig.store.look(partitions, (partition, failure) -> {}))
            for (Projection projection : TestRig.PROJECTIONS)
                if (projection.name().equals(each.partition().projection()))
                    workers.put(each.partition(), each.worker(projection.version()));
        return workers;
    }

    private boolean areAt(List<Partition> partitions, long position) {
        return partitions.stream().allMatch(each -> rig.position(each).position() == position);
    }

    @Test
    void partitionsOnOtherNodesGoOnBeingFed() throws Exception {
        rig.run();
        long before = rig.append(history.next(500));
        await().atMost(LONG).until(() -> rig.allAt(before));
        List<Partition> others = partitionsElsewhere();
        assertThat(others).hasSizeBetween(8, 31);
        Map<Partition, String> workers = workers(others);
        assertThat(workers).hasSize(others.size()).doesNotContainValue(null);
        hung.suspend();
        assertNobodyLosesAny(others, workers);
        hung.resume();
        long last = rig.append(history.next(1));
        await().atMost(LONG).ignoreExceptions().until(() -> rig.allAt(last));
    }

    private void assertNobodyLosesAny(List<Partition> partitions, Map<Partition, String> workers)
            throws InterruptedException {
        long end = System.nanoTime() + A_WHILE.toNanos();
        long looked = System.nanoTime();
        while (System.nanoTime() < end) {
            long last = rig.append(history.next(10));
            await().atMost(LONG).until(() -> areAt(partitions, last));
            for (int i = 0; i < 10; i++) {
                Thread.sleep(100);
                if (System.nanoTime() - looked > STOOD_STILL.toNanos())
                    await().atMost(LONG).until(() -> workers(partitions).equals(workers));
                else assertThat(workers(partitions)).isEqualTo(workers);
                looked = System.nanoTime();
            }
        }
    }
}
