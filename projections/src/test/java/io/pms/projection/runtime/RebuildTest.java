package io.pms.projection.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.event.PersonalTexts;
import io.pms.projection.PersonProjection;
import io.pms.projection.Projection;
import io.pms.projection.TaskProjection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RebuildTest {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Projection TASKS = new TaskProjection();
    private static final Projection NEXT = new Versioned(TASKS, 9);
    private static final Partition ACME = Partition.of("tasks", "acme");

    private final TestRig rig = TestRig.single("--appendonly", "no");
    private final RandomHistory history = new RandomHistory(new Random(1));

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private long append(int events) {
        return rig.append(history.next(events));
    }

    private void awaitServing(int version, long position) {
        await().atMost(LONG)
                .until(() -> {
                    Looked looked = rig.look(ACME);
                    Build serving = looked.serving(version);
                    return serving != null && looked.position(serving).position() >= position;
                });
    }

    @Test
    void aNewVersionReplacesTheOldOneWhichIsThenTakenAway() {
        long last = append(500);
        TestWorker old = rig.worker(List.of(TASKS), rig.log);
        awaitServing(TASKS.version(), last);
        Map<String, Object> before = tasks();
        old.close();
        TestWorker both = rig.worker(List.of(TASKS, NEXT), rig.log);
        awaitServing(9, last);
        assertThat(tasks()).isEqualTo(before);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(ServingData.of(rig.link).others()).isEmpty());
        assertThat(rig.look(ACME).serving(TASKS.version())).isNull();
        assertThat(both.projections.versions("tasks")).isEqualTo("9 " + TASKS.version());
    }

    private Map<String, Object> tasks() {
        return ServingData.of(rig.link).keys();
    }

    /** Rolling out: the old software goes on beside the new one as long as it runs. */
    @Test
    void olderSoftwareReadsAndFeedsItsOwnVersionAsLongAsItRuns() throws Exception {
        TestWorker old = rig.worker(List.of(TASKS), rig.log);
        awaitServing(TASKS.version(), append(200));
        TestWorker next = rig.worker(List.of(NEXT), rig.log);
        awaitServing(9, append(200));
        for (int i = 0; i < 30; i++) {
            long last = append(20);
            assertThat(old.projections.await("tasks", "acme", last, LONG)).isTrue();
            assertThat(next.projections.await("tasks", "acme", last, LONG)).isTrue();
            awaitServing(TASKS.version(), last);
        }
        old.close();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(ServingData.of(rig.link).others()).isEmpty());
    }

    @Test
    void aRebuildIsMadeBesideWhatAnswersAndTellsHowFarItIs() throws Exception {
        long last = append(2_000);
        HeldLog held = new HeldLog(rig.log);
        TestWorker worker = rig.worker(List.of(TASKS), held);
        awaitServing(TASKS.version(), last);
        Map<String, Object> before = tasks();
        Build old = rig.look(ACME).serving(TASKS.version());
        held.hold();
        Rebuild rebuild = worker.projections.rebuild("tasks");
        assertThat(rebuild.begun()).isEqualTo(Partition.COUNT);
        assertThat(worker.projections.rebuild("tasks"))
                .isEqualTo(new Rebuild(0, rebuild.generations()));
        await().atMost(LONG).until(held::isWaiting);
        ProjectionStatus status =
                await().atMost(LONG)
                        .until(
                                () -> worker.projections.status("tasks"),
                                each -> each.building() != null);
        assertThat(status.complete()).isTrue();
        assertThat(status.building().partitions()).isEqualTo(Partition.COUNT);
        assertThat(status.building().of()).isEqualTo(2_000);
        for (ProjectionStatus.Share share : status.partitions())
            assertThat(share.servingGeneration())
                    .isLessThan(rebuild.generations().get(share.number()));
        assertThat(rig.look(ACME).serving(TASKS.version())).isEqualTo(old);
        assertThat(tasks()).isEqualTo(before);
        held.letGo();
        await().atMost(LONG).until(() -> rig.look(ACME).building(TASKS.version()) == null);
        assertThat(rig.look(ACME).serving(TASKS.version())).isNotEqualTo(old);
        assertThat(tasks()).isEqualTo(before);
        await().atMost(LONG).until(() -> serves(worker, rebuild));
    }

    private static boolean serves(TestWorker worker, Rebuild rebuild) {
        return worker.projections.status("tasks").partitions().stream()
                .map(ProjectionStatus.Share::servingGeneration)
                .toList()
                .equals(rebuild.generations());
    }

    @Test
    void aRebuildTellsHowFastItIsAndWhenItIsThere() {
        for (int i = 0; i < 4; i++) append(5_000);
        HeldLog held = new HeldLog(rig.log);
        TestWorker worker = rig.worker(List.of(TASKS), held);
        awaitServing(TASKS.version(), 19_999);
        held.hold();
        worker.projections.rebuild("tasks");
        ProjectionStatus.Building building =
                await().atMost(LONG)
                        .until(
                                () -> {
                                    held.letPass(300);
                                    return worker.projections.status("tasks").building();
                                },
                                each -> each != null && each.eventsPerSecond() > 0);
        assertThat(building.events()).isPositive().isLessThan(20_000);
        assertThat(building.of()).isEqualTo(20_000);
        assertThat(building.secondsLeft())
                .isEqualTo((20_000 - building.events()) / building.eventsPerSecond());
        held.letGo();
        await().atMost(LONG).until(() -> worker.projections.status("tasks").building() == null);
    }

    @Test
    void aRebuildEndsAlsoWhilePeopleWork() throws Exception {
        for (int i = 0; i < 5; i++) append(2_000);
        TestWorker worker = rig.worker(List.of(TASKS), rig.log);
        awaitServing(TASKS.version(), 9_999);
        Build old = rig.look(ACME).serving(TASKS.version());
        worker.projections.rebuild("tasks");
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    append(1);
                    return !old.equals(rig.look(ACME).serving(TASKS.version()));
                });
        long last = rig.log.head().size() - 1;
        awaitServing(TASKS.version(), last);
        Map<String, Object> considerately = tasks();
        Build built = rig.look(ACME).serving(TASKS.version());
        worker.projections.rebuild("tasks");
        await().atMost(LONG).until(() -> !built.equals(rig.look(ACME).serving(TASKS.version())));
        awaitServing(TASKS.version(), last);
        assertThat(tasks()).isEqualTo(considerately);
    }

    @Test
    void aRebuildGoesOnWhereItWasAfterACrash() throws Exception {
        for (int i = 0; i < 10; i++) append(3_000);
        HeldLog held = new HeldLog(rig.log);
        held.holdAfter(25_000);
        TestWorker worker = rig.worker(List.of(TASKS), held);
        await().atMost(LONG).until(held::isWaiting);
        Partition ahead = await().atMost(LONG).until(this::isAhead, Optional::isPresent).get();
        Build building = rig.look(ahead).building(TASKS.version());
        held.letGo();
        worker.crash();
        rig.worker(List.of(TASKS), rig.log);
        await().atMost(LONG).until(() -> building.equals(rig.look(ahead).serving(TASKS.version())));
        assertThat(rig.look(ahead).position(building).position()).isEqualTo(29_999);
    }

    /** A partition of which something is built. */
    private Optional<Partition> isAhead() {
        return IntStream.range(0, Partition.COUNT)
                .mapToObj(number -> new Partition("tasks", number))
                .filter(partition -> {
                    Looked looked = rig.look(partition);
                    Build building = looked.building(TASKS.version());
                    return building != null && looked.position(building).position() > 0;
                })
                .findFirst();
    }

    @Test
    void whatWasParkedIsTakenInByAVersionThatCanReadIt() throws Exception {
        Projection picky = new Picky(new PersonProjection(PersonalTexts.CLEAR_ONLY));
        TestWorker first = rig.worker(List.of(picky), rig.log);
        long last = append(1_000);
        assertThat(first.projections.await("people", "acme", last, LONG)).isTrue();
        assertThat(first.projections.parked("people", "acme")).isNotEmpty();
        first.close();
        Projection cured = new Versioned(new PersonProjection(PersonalTexts.CLEAR_ONLY), 3);
        TestWorker second = rig.worker(List.of(cured), rig.log);
        assertThat(second.projections.await("people", "acme", last, LONG)).isTrue();
        assertThat(second.projections.parked("people", "acme")).isEmpty();
        NaiveFold fold = new NaiveFold();
        rig.log.stream(0, fold::add);
        Map<String, Object> people = fold.expected();
        people.keySet().removeIf(key -> !key.startsWith("{people:"));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(ServingData.of(rig.link).keys()).isEqualTo(people));
    }

    /** Chokes on every person of one organisation. */
    private record Picky(Projection projection) implements Projection {
        @Override
        public String name() {
            return projection.name();
        }

        @Override
        public int version() {
            return projection.version();
        }

        @Override
        public void apply(io.pms.projection.Recorded recorded, io.pms.projection.Writes writes) {
            if (recorded.tenant().equals("acme") && recorded.entry().type().contains("Person"))
                throw new IllegalStateException("not this one");
            projection.apply(recorded, writes);
        }
    }
}
