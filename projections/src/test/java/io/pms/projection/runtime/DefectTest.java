package io.pms.projection.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.entry.Entry;
import io.pms.event.PersonalTexts;
import io.pms.log.EventLog;
import io.pms.log.Head;
import io.pms.projection.PersonProjection;
import io.pms.projection.Projection;
import io.pms.projection.Recorded;
import io.pms.projection.Writes;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Errors, which are no exceptions: they end no thread that feeds. */
class DefectTest {
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final Projection PEOPLE = new PersonProjection(PersonalTexts.CLEAR_ONLY);

    private final TestRig rig = TestRig.single("--appendonly", "no");
    private final RandomHistory history = new RandomHistory(new Random(1));

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private static String failure(TestWorker worker) {
        return String.valueOf(worker.projections.status("people").failure());
    }

    private void awaitApplied(TestWorker worker, long position) {
        await().atMost(LONG)
                .untilAsserted(() -> {
                    assertThat(worker.projections.status("people").position()).isEqualTo(position);
                    assertThat(failure(worker)).isEqualTo("null");
                });
    }

    @Test
    void anAssertionThatDoesNotHoldParksItsAggregate() {
        parks(() -> {
            throw new AssertionError("never");
        });
    }

    @Test
    void anEventThatNeedsMoreStackThanThereIsParksItsAggregate() {
        parks(() -> depth(1));
    }

    private static int depth(int from) {
        return 1 + depth(from + 1);
    }

    private void parks(Runnable defect) {
        TestWorker worker = rig.worker(List.of(new Defective(defect)), rig.log);
        awaitApplied(worker, rig.append(history.next(500)));
        assertThat(worker.projections.parked("people", "acme")).isNotEmpty();
        assertThat(worker.projections.parked("people", "a:b")).isEmpty();
    }

    /** Has a defect that one organisation's people show. */
    private record Defective(Runnable defect) implements Projection {
        @Override
        public String name() {
            return PEOPLE.name();
        }

        @Override
        public int version() {
            return PEOPLE.version();
        }

        @Override
        public void apply(Recorded recorded, Writes writes) {
            if (recorded.tenant().equals("acme") && recorded.entry().type().contains("Person"))
                defect.run();
            PEOPLE.apply(recorded, writes);
        }
    }

    @Test
    void anErrorInTheLiveFeedIsToldAndItGoesOn() {
        goesOnAfterAnErrorOf("projections-live");
    }

    @Test
    void anErrorInTheCatchUpFeedIsToldAndItGoesOn() {
        goesOnAfterAnErrorOf("projections-catch-up");
    }

    @Test
    void anErrorInTheKeeperIsToldAndItGoesOn() {
        goesOnAfterAnErrorOf("projections-keeper");
    }

    private void goesOnAfterAnErrorOf(String thread) {
        for (int i = 0; i < 2; i++) rig.append(history.next(1_000));
        BrokenLog log = new BrokenLog(rig.log);
        log.broken = thread;
        TestWorker worker = rig.worker(List.of(PEOPLE), log);
        if (!thread.endsWith("catch-up")) {
            log.broken = "";
            awaitApplied(worker, rig.log.head().size() - 1);
            log.broken = thread;
        }
        long last = rig.append(history.next(10));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(failure(worker)).contains("NoSuchMethodError"));
        log.broken = "";
        awaitApplied(worker, last);
    }

    /** Fails on one thread as a library of another version would. */
    private static final class BrokenLog extends ForwardingLog {
        volatile String broken = "";

        BrokenLog(EventLog log) {
            super(log);
        }

        private void failIfBroken() {
            if (Thread.currentThread().getName().equals(broken))
                throw new NoSuchMethodError("Log.read");
        }

        @Override
        public Head head() {
            failIfBroken();
            return super.head();
        }

        @Override
        public List<Entry> read(long from, int limit) {
            failIfBroken();
            return super.read(from, limit);
        }

        @Override
        public void stream(long from, Consumer<Entry> consumer) {
            failIfBroken();
            super.stream(from, consumer);
        }
    }
}
