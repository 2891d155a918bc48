package io.pms.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pms.log.NotArchivedException;
import io.pms.objects.FaultyWire.Fault;
import io.pms.objects.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A log is archived in a real server of objects, which does what servers do at their worst. */
class ArchiverOverS3Test extends S3ArchiveTest {
    /** How long a command waits. */
    private static final Duration TIMEOUT = Duration.ofMillis(300);

    private static final Duration RANDOM = Duration.ofSeconds(6);

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static ArchivedDurability durability(ArchivingProcess process) {
        return new ArchivedDurability(process.status(), TIMEOUT);
    }

    private interface Step {
        void run() throws Exception;
    }

    /**
     * Archives, lets trouble begin, sees that nothing is said to be safe meanwhile, and that all is
     * when it is over.
     */
    private void stallsAndGoesOn(Step begin, Step end) throws Exception {
        try (ArchivingProcess process = ArchivingProcess.start(sample, store);
                ArchivingProcess other = ArchivingProcess.lookOn(sample)) {
            sample.append(300);
            process.awaitArchived(300);
            sample.append(10);
            process.awaitArchived(310);
            begin.run();
            sample.append(30);
            long appended = System.nanoTime();
            requireNotArchived(process, 339);
            Duration age = since(appended);
            for (ArchivingProcess each : List.of(process, other))
                assertThat(each.status().rpo()).isGreaterThan(age.minusMillis(100));
            await().until(() -> process.status().problem() != null);
            assertThat(process.status().isForked()).as(process.status().problem()).isFalse();
            requireNotArchived(other, 339);
            assertThat(process.status().rpo()).isGreaterThan(TIMEOUT.multipliedBy(2));
            end.run();
            for (ArchivingProcess each : List.of(process, other)) {
                await().atMost(Duration.ofSeconds(90))
                        .untilAsserted(() ->
                                assertThatCode(() -> durability(each).await(339))
                                        .doesNotThrowAnyException());
                each.awaitRpoZero();
            }
            assertThat(process.status().problem()).isNull();
        }
        requireOneHistory();
    }

    private static void requireNotArchived(ArchivingProcess process, long position) {
        long begun = System.nanoTime();
        assertThatThrownBy(() -> durability(process).await(position))
                .isInstanceOf(NotArchivedException.class);
        assertThat(since(begun)).isLessThan(TIMEOUT.plusSeconds(30));
    }

    @Test
    void goesOnWhenTheServerIsBack() throws Exception {
        stallsAndGoesOn(wire::down, wire::up);
    }

    /** Of a server that is mute each attempt gets further. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MUTE")
    void goesOnWhenTheTroubleIsOver(Trouble trouble) throws Exception {
        stallsAndGoesOn(() -> wire.spoil(trouble), wire::mend);
    }

    /** From a cache, or a replica that lags. */
    @Test
    void goesOnWhenOldObjectsAreNoLongerShown() {
        Map<String, byte[]> cache = new ConcurrentHashMap<>();
        Fault old =
                (request, client) -> {
                    byte[] answer = request.forward();
                    client.write(
                            request.is("GET")
                                    ? cache.computeIfAbsent(request.path(), path -> answer)
                                    : answer);
                };
        wire.spoil(old);
        archive(200);
        wire.mend();
        archive(100);
        wire.spoil(old);
        sample.append(10);
        try (ArchivingProcess process = ArchivingProcess.start(sample, store)) {
            requireNotArchived(process, 309);
            await().until(() -> process.status().problem() != null);
            assertThat(process.status().isForked()).as(process.status().problem()).isFalse();
            wire.mend();
            process.awaitArchived(310);
        }
        requireOneHistory();
    }

    private void archive(int events) {
        sample.append(events);
        try (ArchivingProcess process = ArchivingProcess.start(sample, store)) {
            process.awaitArchived(sample.log().head().size());
        }
    }

    /** The client repeats itself, and is refused because of what it has written. */
    @Test
    void isNotHeldUpWhereTheFirstAnswerToEachWriteIsLost() {
        Set<String> lost = ConcurrentHashMap.newKeySet();
        wire.spoil((request, client) -> {
            byte[] answer = request.forward();
            if (!request.is("PUT") || !lost.add(request.path())) client.write(answer);
        });
        try (ArchivingProcess process = ArchivingProcess.start(sample, store)) {
            for (int size = 120; size <= 600; size += 120) {
                sample.append(120);
                process.awaitArchived(size);
                lost.clear();
            }
            assertThat(process.status().problem()).isNull();
        }
        requireOneHistory();
    }

    @Test
    void goesOnWhereNoWriteIsEverAnswered() {
        wire.spoil(Trouble.MUTE);
        sample.append(300);
        try (ArchivingProcess process = ArchivingProcess.start(sample, store)) {
            await().until(() -> process.status().problem() != null);
            wire.mend();
            process.awaitArchived(300);
        }
        requireOneHistory();
    }

    /** Two processes that may archive, of which one is stopped and started now and then. */
    @Test
    void losesNothingWhateverHappens() throws Exception {
        long seed = new Random().nextLong(1_000_000);
        System.out.println("pms.seed=" + seed);
        Random random = new Random(seed);
        Trouble[] troubles = Trouble.values();
        wire.spoil((request, client) -> {
            int drawn = random.nextInt(4 * troubles.length);
            if (drawn < troubles.length) troubles[drawn].answer(request, client);
            else client.write(request.forward());
        });
        ArchivingProcess first = ArchivingProcess.start(sample, store);
        try (ArchivingProcess second = ArchivingProcess.start(sample, store)) {
            long begun = System.nanoTime();
            while (since(begun).compareTo(RANDOM) < 0) {
                sample.append(1 + random.nextInt(200));
                requireKept(second, sample.log().head().size() - 1);
                if (random.nextInt(6) > 0) continue;
                first.close();
                first = ArchivingProcess.start(sample, store);
            }
            wire.mend();
            second.awaitArchived(sample.log().head().size());
            second.awaitRpoZero();
        } finally {
            first.close();
        }
        requireOneHistory();
    }

    /** What is said to be archived is. */
    private void requireKept(ArchivingProcess process, long position) {
        try {
            durability(process).await(position);
        } catch (NotArchivedException e) {
            return; // it is not said
        }
        assertThat(OneHistory.require(sample, sound).size()).isGreaterThan(position);
    }
}
