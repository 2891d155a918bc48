package io.pms.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.archive.FakeWitness.Manner;
import io.pms.archive.witness.WitnessStatus;
import io.pms.archive.witness.Witnesses;
import io.pms.embedded.SharedServers;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreSettings;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.Hash;
import io.pms.tlog.LogTrust;
import io.pms.tlog.NoteVerifier;
import io.pms.tlog.SignedNote;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WitnessedArchiveTest {
    private static final byte[] SEED = new byte[32];
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** For those that never answer; far less than they take. */
    private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(10);

    /** How long a witness is left alone after its first failure. */
    private static final Duration REST = Duration.ofSeconds(5);

    private final SampleLog sample = new SampleLog();
    private final ObjectStore store =
            ObjectStore.open(
                    SharedServers.temporary("witnessed").toUri().toString().replace("///", "/"),
                    ObjectStoreSettings.defaults());
    private final ArchiveStatus status = new ArchiveStatus(InstantSource.system());
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) each.close();
        sample.close();
        store.close();
    }

    private LogKeys keys() {
        return LogKeys.ofSeeds(sample.log().head().origin(), List.of(SEED));
    }

    private FakeWitness witness(String name, Manner manner) {
        FakeWitness witness = new FakeWitness(name, manner).knowing(keys().trust());
        open.add(witness);
        return witness;
    }

    private Witnesses witnesses(int quorum, FakeWitness... all) {
        return witnesses(quorum, TIMEOUT, InstantSource.system(), all);
    }

    private Witnesses witnesses(
            int quorum, Duration timeout, InstantSource clock, FakeWitness... all) {
        Witnesses witnesses =
                new Witnesses(
                        Stream.of(all).map(FakeWitness::witness).toList(),
                        quorum,
                        timeout,
                        new Archive(store),
                        clock);
        open.add(witnesses);
        return witnesses;
    }

    private Archiver start(Witnesses witnesses) {
        Archiver archiver =
                new Archiver(
                        sample.log(),
                        store,
                        origin -> keys().cosignedBy(witnesses),
                        new ArchiveLease(sample.application(), 0),
                        new ArchiveState(sample.application(), 0, ArchivingProcess.PLACE),
                        status,
                        Duration.ofMillis(10));
        archiver.start();
        return archiver;
    }

    private void awaitArchived(long size) {
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(
                        () -> assertThat(status.archived()).as(status.problem()).isEqualTo(size));
    }

    private SignedNote note() {
        return new Archive(store).checkpoint().orElseThrow();
    }

    /** The newest checkpoint, when all of these have cosigned it. */
    private Checkpoint cosigned(FakeWitness... by) {
        List<NoteVerifier> verifiers = Stream.of(by).map(FakeWitness::verifier).toList();
        LogTrust trust =
                new LogTrust(keys().origin(), keys().verifiers(), verifiers, verifiers.size());
        return trust.open(note());
    }

    @Test
    void publishesWhatWitnessesHaveCosigned() {
        FakeWitness one = witness("one.example", Manner.HONEST);
        FakeWitness two = witness("two.example", Manner.HONEST);
        Witnesses witnesses = witnesses(0, one, two);
        try (Archiver archiver = start(witnesses)) {
            for (int size : List.of(1, 255, 44, 700)) {
                long before = sample.log().head().size();
                sample.append(size);
                awaitArchived(before + size);
                assertThat(cosigned(one, two).size()).isEqualTo(before + size);
            }
        }
        assertThat(note().signatures()).hasSize(3);
        assertThat(witnesses.status())
                .extracting(WitnessStatus::size, WitnessStatus::failure)
                .containsOnly(org.assertj.core.groups.Tuple.tuple(1_000L, null));
    }

    @Test
    void goesOnFromTheCheckpointThatAWitnessKnows() {
        FakeWitness witness = witness("one.example", Manner.HONEST);
        sample.append(300);
        try (Archiver archiver = start(witnesses(0, witness))) {
            awaitArchived(300);
        }
        assertThat(witness.conflicts()).isZero();
        sample.append(300);
        try (Archiver archiver = start(witnesses(0, witness))) {
            awaitArchived(600);
            sample.append(1);
            awaitArchived(601);
        }
        assertThat(cosigned(witness).size()).isEqualTo(601);
        assertThat(witness.conflicts()).as("it is told once").isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"HONEST", "SLOW", "TRICKLING"})
    void archivesWhateverAWitnessDoes(Manner manner) {
        archivesInSpiteOf(TIMEOUT, witness("broken.example", manner));
    }

    @Test
    void archivesWithoutThoseThatDoNotEndTheirAnswers() {
        archivesInSpiteOf(
                SHORT_TIMEOUT,
                witness("slow.example", Manner.SLOW),
                witness("trickling.example", Manner.TRICKLING));
    }

    private void archivesInSpiteOf(Duration timeout, FakeWitness... broken) {
        FakeWitness honest = witness("honest.example", Manner.HONEST);
        // The time is asked for right before the first failure is noted.
        AtomicLong failedNanos = new AtomicLong();
        InstantSource clock =
                () -> {
                    failedNanos.compareAndSet(0, System.nanoTime());
                    return Instant.now();
                };
        Witnesses witnesses =
                witnesses(
                        0,
                        timeout,
                        clock,
                        Stream.concat(Stream.of(honest), Stream.of(broken))
                                .toArray(FakeWitness[]::new));
        sample.append(10);
        try (Archiver archiver = start(witnesses)) {
            awaitArchived(10);
            assertThat(cosigned(honest).size()).isEqualTo(10);
            assertThat(note().signatures()).as("the log's and the honest one's").hasSize(2);
            assertThat(witnesses.status().stream().skip(1))
                    .hasSize(broken.length)
                    .allMatch(each -> each.failure() != null);
            List<Integer> asked = requests(broken);
            assertThat(asked).allMatch(times -> times == 1 || times == 2);
            sample.append(1);
            awaitArchived(11);
            if (System.nanoTime() - failedNanos.get() < REST.toNanos())
                assertThat(requests(broken)).as("left alone for a while").isEqualTo(asked);
            assertThat(cosigned(honest).size()).isEqualTo(11);
        }
    }

    private static List<Integer> requests(FakeWitness... of) {
        return Stream.of(of).map(FakeWitness::requests).toList();
    }

    @Test
    void archivesWhenNobodyIsThere() {
        FakeWitness gone = new FakeWitness("gone.example", Manner.HONEST);
        Witnesses witnesses = witnesses(0, gone);
        gone.close();
        sample.append(10);
        try (Archiver archiver = start(witnesses)) {
            awaitArchived(10);
        }
        assertThat(witnesses.status().getFirst().failure()).contains("cannot be asked");
    }

    @Test
    void saysWhenAWitnessHasSeenAnotherHistory() {
        FakeWitness witness = witness("one.example", Manner.HONEST);
        witness.haveSeen(7, Hash.leaf(new byte[] {1}));
        Witnesses witnesses = witnesses(0, witness);
        sample.append(10);
        try (Archiver archiver = start(witnesses)) {
            awaitArchived(10);
        }
        assertThat(witnesses.status().getFirst().failure()).contains("inconsistent");
        assertThat(witness.size()).isEqualTo(7);
    }

    @Test
    void saysWhenAWitnessHasSeenMoreThanThereIs() {
        FakeWitness witness = witness("one.example", Manner.HONEST);
        witness.haveSeen(11, Hash.leaf(new byte[] {1}));
        Witnesses witnesses = witnesses(0, witness);
        sample.append(10);
        try (Archiver archiver = start(witnesses)) {
            awaitArchived(10);
        }
        assertThat(witnesses.status().getFirst().failure()).contains("11").contains("lost some");
    }

    @Test
    void publishesNothingWithoutItsQuorumAndGoesOnWithIt() {
        FakeWitness one = witness("one.example", Manner.HONEST);
        FakeWitness two = witness("two.example", Manner.HONEST);
        FakeWitness away = witness("away.example", Manner.FAILING);
        sample.append(10);
        try (Archiver archiver = start(witnesses(2, one, two, away))) {
            awaitArchived(10);
            two.behave(Manner.FAILING);
            sample.append(10);
            await().until(() -> String.valueOf(status.problem()).contains("PMS_WITNESS_QUORUM"));
            assertThat(status.problem()).contains("two.example").contains("status 500");
            assertThat(status.isForked()).isFalse();
            assertThat(cosigned(one, two).size()).isEqualTo(10);
            two.behave(Manner.HONEST);
            awaitArchived(20);
            assertThat(cosigned(one, two).size()).isEqualTo(20);
            assertThat(status.problem()).isNull();
        }
    }
}
