package io.pms.projection.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.projection.TaskProjection;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Redis without room takes nothing, and health must say so until it has room again. */
class FullRedisTest {
    private static final Duration LONG = Duration.ofSeconds(40);

    /** Everything that could hide the reason has come by several times. */
    private static final Duration A_WHILE = Duration.ofSeconds(6);

    private final TestRig rig = TestRig.single("--appendonly", "no");
    private final RandomHistory history = new RandomHistory(new Random(1));

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private void room(boolean there) {
        RedisLink.await(rig.redis().configSet("maxmemory", there ? "0" : "1"));
    }

    private static ProjectionStatus tasks(TestWorker worker) {
        return worker.projections.status("tasks");
    }

    private static boolean hasNoRoom(TestWorker worker) {
        String failure = tasks(worker).failure();
        return failure != null && failure.contains("no room");
    }

    private static void awaitNoRoom(TestWorker worker) {
        await().atMost(LONG).until(() -> hasNoRoom(worker));
        await().atMost(LONG).during(A_WHILE).until(() -> hasNoRoom(worker));
    }

    /** What serves has nothing to do meanwhile, and does not speak for what is made beside it. */
    @Test
    void aRebuildThatFindsNoRoomSaysSoUntilItGoesOn() {
        long last = -1;
        for (int i = 0; i < 5; i++) last = rig.append(history.next(2_000));
        long position = last;
        HeldLog held = new HeldLog(rig.log);
        TestWorker worker = rig.worker(List.of(new TaskProjection()), held);
        await().atMost(LONG).until(() -> tasks(worker).position() == position);
        held.hold();
        worker.projections.rebuild("tasks");
        await().atMost(LONG).until(held::isWaiting);
        room(false);
        held.letGo();
        awaitNoRoom(worker);
        room(true);
        await().atMost(LONG)
                .until(() -> tasks(worker).building() == null && tasks(worker).failure() == null);
    }

    /** Nothing can be taken over, and so nothing fails at being written either. */
    @Test
    void whatNobodyHasAnyMoreAndNobodyCanTakeIsTold() {
        TestWorker former = rig.worker(List.of(new TaskProjection()), rig.log);
        long last = rig.append(history.next(100));
        await().atMost(LONG).until(() -> tasks(former).position() == last);
        room(false);
        former.crash();
        TestWorker next = rig.worker(List.of(new TaskProjection()), rig.log);
        awaitNoRoom(next);
        room(true);
        await().atMost(LONG)
                .untilAsserted(() -> {
                    assertThat(tasks(next).failure()).isNull();
                    assertThat(tasks(next).partitions()).noneMatch(each -> each.worker() == null);
                });
    }
}
