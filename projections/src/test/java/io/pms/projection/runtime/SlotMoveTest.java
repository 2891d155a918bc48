package io.pms.projection.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.pms.embedded.EmbeddedRedisCluster;
import io.pms.embedded.SharedServers;
import io.pms.embedded.SlotMove;
import io.pms.projection.Fields;
import io.pms.projection.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cluster moves a partition's slot to another node, key by key, while it is fed. */
class SlotMoveTest {
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final Partition MOVED = Partition.of("tasks", "acme");

    private final EmbeddedRedisCluster cluster =
            EmbeddedRedisCluster.start(SharedServers.temporary("slots"), 3, List.of());

    private final TestRig rig = TestRig.cluster(TestRig.freshLog(), cluster);
    private final RandomHistory history = new RandomHistory(new Random(1));

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void aPartitionWaitsUnharmedWhileItsPositionIsOnTheOtherNodeAlready() {
        aPartitionWaitsWhileTheseAreMoved(SlotMoveTest::saysWhereItIs);
    }

    @Test
    void aPartitionWaitsUnharmedWhileItsPositionIsOnItsOldNodeStill() {
        aPartitionWaitsWhileTheseAreMoved(key -> !saysWhereItIs(key));
    }

    private static boolean saysWhereItIs(String key) {
        return key.endsWith(":builds") || key.endsWith(":position");
    }

    private void aPartitionWaitsWhileTheseAreMoved(Predicate<String> first) {
        TestWorker worker = rig.worker(TestRig.PROJECTIONS, rig.log);
        long before = rig.append(history.next(1_000));
        await().atMost(LONG).until(() -> rig.allAt(before));
        Build build = rig.serving(MOVED);
        SlotMove move = cluster.beginToMove(MOVED.buildsKey());
        move.move(move.left(10_000).stream().filter(first).toList());
        long last = rig.append(history.next(500));
        await().atMost(LONG).until(() -> othersAreAt(last));
        await().atMost(LONG).until(() -> worker.projections.status("tasks").failure() != null);
        assertThatThrownBy(() -> rig.look(MOVED)).isInstanceOf(RedisException.class);
        move.end();
        await().atMost(LONG).ignoreExceptions().until(() -> rig.allAt(last));
        assertThat(rig.serving(MOVED)).isEqualTo(build);
        assertThat(rig.store.parked(build)).isEmpty();
        NaiveFold fold = new NaiveFold();
        rig.log.stream(0, fold::add);
        assertThat(ServingData.of(rig.link).keys()).isEqualTo(fold.expected());
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(worker.projections.status())
                                .allMatch(status -> status.failure() == null));
    }

    private boolean othersAreAt(long position) {
        return TestRig.partitions().stream()
                .filter(each -> !each.equals(MOVED))
                .allMatch(each -> rig.position(each).position() == position);
    }

    /** As if the move had begun behind the cluster's look at the keys. */
    @Test
    void whatFailsBecauseOfTheClusterParksNobody() {
        rig.store.begin(MOVED, 1, rig.store.load(MOVED, 1), true, start());
        Build build = rig.look(MOVED).building(1);
        rig.store.prepare(build);
        RedisLink.await(rig.redis().hset(build.parkedKey(), "before", "{}"));
        SlotMove move = cluster.beginToMove(MOVED.buildsKey());
        Fields fields = new Fields().text("updated", "1").text("name", "Ann");
        Window window = new Window();
        window.add(List.of(new Write.Entity("acme", "person", "missing", fields)));
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of(start().text(), start().at(0).text(), "0", MOVED.tag(), "1"));
        arguments.addAll(List.of(String.valueOf(build.generation()), "0", "test", "", "a", "1"));
        arguments.addAll(window.steps(10).getFirst());
        assertThatThrownBy(() ->
                        RedisLink.await(
                                rig.redis()
                                        .evalsha(
                                                Script.APPLY.digest,
                                                ScriptOutputType.INTEGER,
                                                new String[] {
                                                    build.positionKey(), MOVED.buildsKey()
                                                },
                                                arguments.toArray(String[]::new))))
                .hasMessageContaining("non local key");
        move.end();
        assertThat(rig.store.parked(build)).containsOnlyKeys("before");
    }

    private static StoredPosition start() {
        return new StoredPosition("origin", -1, 5);
    }
}
