package io.pms.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pms.log.DatabaseUrl;
import io.pms.objects.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackupScheduleTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration KEEP = Duration.ofDays(30);

    private final SampleDatabase source = new SampleDatabase().fill();
    private final BackupPlace place = new BackupPlace();
    private final Backups backups = place.backups();
    private volatile Instant now = Instant.parse("2026-01-01T03:00:00Z");
    private BackupStatus status = new BackupStatus(() -> now, DAY);

    @AfterEach
    void close() {
        source.close();
        place.close();
    }

    /** Another process. */
    private BackupSchedule schedule(ObjectStore store, DatabaseUrl database) {
        status = new BackupStatus(() -> now, DAY);
        return new BackupSchedule(
                BackupPlace.backups(store, () -> now),
                database,
                DAY,
                new BackupRetention(KEEP),
                () -> now,
                status);
    }

    private BackupSchedule schedule() {
        return schedule(place.objects(), source.application());
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private List<Instant> times() {
        return backups.store().finished().stream().map(BackupName::begun).toList();
    }

    @Test
    void makesOneADayAndAtOnceWhenOneIsDue() {
        BackupSchedule schedule = schedule();
        schedule.look();
        assertThat(backups.names()).hasSize(1);
        pass(Duration.ofHours(23));
        schedule.look();
        assertThat(backups.names()).hasSize(1);
        pass(Duration.ofHours(1));
        schedule.look();
        assertThat(backups.names()).hasSize(2);
        pass(Duration.ofDays(5)); // nothing ran
        schedule().look();
        assertThat(backups.names()).hasSize(3);
        schedule().look();
        assertThat(backups.names()).hasSize(3);
        assertThat(status.lastSuccess()).isEqualTo(now);
        assertThat(status.problem()).isNull();
    }

    @Test
    void countsThoseThatSomebodyElseHasMade() {
        BackupPlace.backups(place.objects(), () -> now)
                .write(source.application(), BackupProgress.NONE);
        pass(Duration.ofHours(12));
        schedule().look();
        assertThat(backups.names()).hasSize(1);
    }

    @Test
    void isNotStoppedByAWrongClockOrADamagedManifest() {
        BackupPlace.backups(place.objects(), () -> now.plus(Duration.ofDays(400)))
                .write(source.application(), BackupProgress.NONE);
        schedule().look();
        assertThat(backups.names()).hasSize(2);
        for (String name : backups.names())
            place.put("manifests/" + name + ".json", new byte[] {'{'});
        schedule().look();
        assertThat(backups.names()).hasSize(3);
        assertThat(status.problem()).isNull();
    }

    @Test
    void keepsThirtyDaysAndNeverLosesTheLastGoodOneInSixtyDaysOfTrouble() {
        long seed = new Random().nextLong(1_000_000);
        System.out.println("pms.seed=" + seed);
        Random random = new Random(seed);
        boolean[] troubled = {false};
        TroubledStore store =
                new TroubledStore(
                        place.objects(),
                        (call, key) -> {
                            if (troubled[0] && random.nextInt(15) == 0)
                                throw new TroubledStore.Stopped();
                        });
        BackupSchedule schedule = schedule(store, source.application());
        for (int day = 0; day < 60; day++) {
            troubled[0] = random.nextInt(3) == 0 || (day > 20 && day < 23);
            boolean isDown = random.nextInt(10) == 0 && day > 0;
            for (int hour = 0; hour < 24 && !isDown; hour += 6) {
                if (random.nextInt(8) == 0) schedule = schedule(store, source.application());
                schedule.look();
                pass(Duration.ofHours(6));
            }
            if (isDown) pass(DAY);
            if (!troubled[0] && !isDown) requireKept();
        }
        assertThat(times()).hasSizeBetween(15, 32);
    }

    /** After a day without trouble. */
    private void requireKept() {
        List<BackupName> finished = backups.store().finished();
        assertThat(backups.store().newestWhole(finished)).isNotNull();
        assertThat(finished.getFirst().begun())
                .isAfterOrEqualTo(now.minus(KEEP).minus(DAY.multipliedBy(2)));
        assertThat(finished.getLast().begun()).isAfterOrEqualTo(now.minus(DAY.multipliedBy(2)));
        assertThat(backups.store().unfinished())
                .allSatisfy(name ->
                        assertThat(name.begun()).isAfterOrEqualTo(now.minus(DAY.multipliedBy(3))));
    }

    @Test
    void keepsTheLastGoodOneHoweverLongNothingWorks() {
        schedule().look();
        String good = backups.names().getFirst();
        TroubledStore store =
                new TroubledStore(
                        place.objects(),
                        (call, key) -> {
                            if (call.equals("put") && key.contains("event"))
                                throw new TroubledStore.Stopped();
                        });
        BackupSchedule failing = schedule(store, source.application());
        for (int day = 0; day < 60; day++) {
            pass(DAY);
            failing.look();
        }
        assertThat(status.failures()).isEqualTo(60);
        assertThat(status.problem()).contains("the database is not backed up");
        assertThat(backups.names()).containsExactly(good);
        assertThat(backups.store().unfinished()).isEmpty();
        assertThat(backups.isWhole(backups.find(good).orElseThrow())).isTrue();
    }

    @Test
    void keepsTheLastWholeOneWhenNewerOnesHaveLostParts() {
        schedule().look();
        String good = backups.names().getFirst();
        pass(KEEP);
        schedule().look();
        String damaged = backups.names().getLast();
        place.objects().delete(backups.find(damaged).orElseThrow().parts().getFirst().key());
        pass(Duration.ofHours(25));
        List<BackupName> finished = backups.store().finished();
        assertThat(
                        new BackupRetention(KEEP)
                                .expired(finished, backups.store().newestWhole(finished), now))
                .isEmpty();
        schedule().look(); // makes a good one, and the old one may go
        assertThat(backups.names()).doesNotContain(good).hasSize(2);
    }

    @Test
    void doesNotTryAgainAtOnce() {
        TroubledStore store =
                new TroubledStore(
                        place.objects(),
                        (call, key) -> {
                            throw new TroubledStore.Stopped();
                        });
        BackupSchedule schedule = schedule(store, source.application());
        schedule.look();
        schedule.look();
        assertThat(status.failures()).isEqualTo(1);
        pass(BackupSchedule.AFTER_FAILURE);
        schedule.look();
        assertThat(status.failures()).isEqualTo(2);
    }

    @Test
    void hasNoProblemAnyMoreWhenNothingIsDueAndTheStoreAnswersAgain() {
        String[] refused = {""};
        TroubledStore store =
                new TroubledStore(
                        place.objects(),
                        (call, key) -> {
                            if (call.equals(refused[0])) throw new TroubledStore.Stopped();
                        });
        schedule(store, source.application()).look();
        pass(KEEP.plusDays(1));
        BackupSchedule schedule = schedule(store, source.application());
        refused[0] = "delete";
        schedule.look();
        for (String call : List.of("list", "delete", "")) {
            assertThat(status.problem()).isNotNull();
            refused[0] = call;
            pass(BackupSchedule.AFTER_FAILURE);
            schedule.look();
        }
        assertThat(status.problem()).isNull();
        assertThat(backups.names()).hasSize(1);
    }

    @Test
    void isDoneByOneOfSeveralProcesses() {
        List<BackupSchedule> processes = List.of(schedule(), schedule(), schedule(), schedule());
        for (int day = 1; day <= 5; day++) {
            CompletableFuture.allOf(
                            processes.stream()
                                    .map(each -> CompletableFuture.runAsync(each::look))
                                    .toArray(CompletableFuture[]::new))
                    .join();
            assertThat(backups.names()).hasSize(day);
            pass(DAY);
        }
        assertThat(backups.store().unfinished()).isEmpty();
    }

    @Test
    void goesOnWhenTheProcessThatHadTheTurnDied() {
        Turn dead = Turn.take(source.application());
        BackupSchedule schedule = schedule();
        schedule.look();
        assertThat(backups.names()).isEmpty();
        dead.abort();
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> {
                    schedule.look();
                    assertThat(backups.names()).hasSize(1);
                });
    }

    @Test
    void tellsHowItIs() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        BackupSchedule schedule = schedule();
        BackupMetrics.register(status, meters);
        assertThat(meters.get("pms.backup.last.success.timestamp").gauge().value()).isNaN();
        assertThat(status.problem()).isNull();
        pass(Duration.ofDays(3));
        assertThat(status.problem()).contains("was not backed up for 72 hours");
        schedule.look();
        assertThat(status.problem()).isNull();
        assertThat(meters.get("pms.backup.last.success.timestamp").gauge().value())
                .isEqualTo(now.getEpochSecond());
        assertThat(meters.get("pms.backup.last.size").gauge().value()).isPositive();
        assertThat(meters.get("pms.backup.failures").functionCounter().count()).isZero();
    }

    @Test
    void stopsInTheMiddleOfABackup() {
        CompletableFuture<Void> writing = new CompletableFuture<>();
        TroubledStore store =
                new TroubledStore(
                        place.objects(),
                        (call, key) -> {
                            if (call.equals("put")) {
                                writing.complete(null);
                                sleep();
                            }
                        });
        BackupSchedule schedule = schedule(store, source.application());
        schedule.start();
        writing.join();
        long begun = System.nanoTime();
        schedule.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(40));
        assertThat(backups.names()).isEmpty();
    }

    private static void sleep() {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
