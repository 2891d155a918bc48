package io.pms.projection.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.pms.embedded.EmbeddedRedis;
import io.pms.embedded.EmbeddedRedisCluster;
import io.pms.embedded.SharedServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisClusterTest {
    private static final Duration LONG = Duration.ofSeconds(90);

    private final EmbeddedRedisCluster cluster =
            EmbeddedRedisCluster.startWithReplicas(
                    SharedServers.temporary("cluster"), 3, List.of());

    private final TestRig rig = TestRig.cluster(TestRig.freshLog(), cluster);
    private final RandomHistory history = new RandomHistory(new Random(1));

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private static long keys(EmbeddedRedis node) {
        RedisClient client = RedisClient.create(node.url());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return connection.sync().dbsize();
        } finally {
            client.shutdown();
        }
    }

    @Test
    void partitionsAreSpreadOverTheNodesAndBuiltAgainBesideWhatAnswers() {
        TestWorker worker = rig.worker(TestRig.PROJECTIONS, rig.log);
        long last = rig.append(history.next(3_000));
        await().atMost(LONG).until(() -> rig.allAt(last));
        assertThat(rig.servers).allSatisfy(node -> assertThat(keys(node)).isGreaterThan(100));
        Map<String, Object> before = ServingData.of(rig.link).keys();
        worker.projections.names().forEach(worker.projections::rebuild);
        await().atMost(LONG).until(() -> nothingIsBeingBuilt(worker));
        assertThat(ServingData.of(rig.link).keys()).isEqualTo(before);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(ServingData.of(rig.link).others()).isEmpty());
    }

    @Test
    void aFailOverThatLosesTheLastWritesEndsInTheRightState() {
        rig.worker(TestRig.PROJECTIONS, rig.log);
        long first = rig.append(history.next(1_000));
        await().atMost(LONG).until(() -> rig.allAt(first));
        cluster.isolateReplica(0);
        long last = rig.append(history.next(1_000));
        await().atMost(LONG).until(() -> rig.allAt(last));
        long keys = keys(cluster.nodes().getFirst());
        cluster.failOver(0);
        assertThat(keys(cluster.replicas().getFirst())).isPositive().isLessThan(keys);
        long more = rig.append(history.next(1));
        await().atMost(LONG).ignoreExceptions().until(() -> rig.allAt(more));
        NaiveFold fold = new NaiveFold();
        rig.log.stream(0, fold::add);
        await().atMost(LONG)
                .ignoreExceptions() // until it is known that the node has gone
                .untilAsserted(() ->
                        assertThat(ServingData.of(rig.link).keys()).isEqualTo(fold.expected()));
    }

    private static boolean nothingIsBeingBuilt(TestWorker worker) {
        return worker.projections.status().stream().allMatch(each -> each.building() == null);
    }
}
