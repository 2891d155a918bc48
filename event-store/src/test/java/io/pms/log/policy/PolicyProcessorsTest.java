package io.pms.log.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.embedded.SharedServers;
import io.pms.event.TaskEvent.TaskClosed;
import io.pms.event.TaskEvent.TaskReopened;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class PolicyProcessorsTest {
    private static final String NOTHING_POLLS = "pms.policies.claim-interval=1h";
    private static final String QUICK = "pms.policies.claim-interval=200ms";

    /** A claim lasts three of these, which no process of a busy machine pauses for. */
    private static final String STEADY = "pms.policies.claim-interval=5s";

    private static final String ROWS = "SELECT task_instance FROM policy_deadline ORDER BY 1";

    private final List<PolicyRig> processes = new ArrayList<>();
    private SharedServers.Database database;

    /** Notes which tasks were reopened, in the order of events, and does what a test says. */
    @ProcessingGroup("recorder")
    static class Recorder {
        final List<String> seen = Collections.synchronizedList(new ArrayList<>());
        final Map<String, Boolean> inTransaction = new ConcurrentHashMap<>();
        volatile java.util.function.Consumer<String> act = task -> {};

        @EventHandler
        void on(TaskReopened event) {
            inTransaction.put(
                    event.taskId(), TransactionSynchronizationManager.isActualTransactionActive());
            seen.add(event.taskId());
            act.accept(event.taskId());
        }
    }

    @BeforeEach
    void freshDatabase() {
        database = SharedServers.freshDatabase();
    }

    @AfterEach
    void stop() {
        processes.forEach(PolicyRig::close);
    }

    private PolicyRig process(Recorder recorder, String... properties) {
        PolicyRig process = new PolicyRig(database, Recorder.class, recorder, properties);
        processes.add(process);
        return process;
    }

    private static String reopened(PolicyRig at) {
        String task = UUID.randomUUID().toString();
        at.bean(EventStore.class)
                .publish(
                        new GenericDomainEventMessage<>(
                                "Task", task, 0, new TaskReopened(task, "p")));
        return task;
    }

    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10));
    }

    private static void awaitSeen(Recorder recorder, String... tasks) {
        soon().untilAsserted(() -> assertThat(recorder.seen).containsExactly(tasks));
    }

    @Test
    void areWokenByTheLogWhileNothingPollsAndKnowTheirSegmentsByText() {
        Recorder recorder = new Recorder();
        PolicyRig process = process(recorder, NOTHING_POLLS);
        String first = reopened(process);
        awaitSeen(recorder, first);
        soon().until(() -> process.status().lag() == 0);
        String second = reopened(process);
        awaitSeen(recorder, first, second);
        assertThat(process.status().segments()).isEqualTo(PolicyProcessors.SEGMENTS);
        assertThatSegmentsAreTheSameInEveryProcess(process);
    }

    @Test
    void storeWhatAHandlerDoesTogetherWithTheirPositionOrNotAtAll() {
        Recorder recorder = new Recorder();
        PolicyRig process = process(recorder, QUICK);
        Deadlines deadlines = process.bean(Deadlines.class);
        List<List<String>> rowsBefore = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean isFailing = new AtomicBoolean(true);
        recorder.act =
                task -> {
                    rowsBefore.add(PolicyRig.query(database, ROWS));
                    deadlines.set("recorder", task, Instant.now(), new DeadlinesTest.Note("x"));
                    if (isFailing.get()) throw new IllegalStateException("not today");
                };
        String task = reopened(process);
        soon().untilAsserted(() -> assertThat(process.status().failure()).contains("not today"));
        isFailing.set(false);
        soon().until(() -> PolicyRig.query(database, ROWS).equals(List.of(task)));
        assertThat(recorder.seen).hasSizeGreaterThan(1).containsOnly(task);
        assertThat(rowsBefore).hasSameSizeAs(recorder.seen).containsOnly(List.of());
        soon().until(() -> process.status().failure() == null);
        assertThat(recorder.inTransaction).containsEntry(task, true);
        assertThat(
                        process.bean(EventProcessingConfiguration.class)
                                .transactionManager("0/recorder"))
                .isInstanceOf(SpringTransactionManager.class);
    }

    /** As when a process was paused for so long that another has taken its segment. */
    @Test
    void storeNothingOfASegmentThatTheyHaveLost() throws InterruptedException {
        Recorder recorder = new Recorder();
        PolicyRig process = process(recorder, NOTHING_POLLS);
        Deadlines deadlines = process.bean(Deadlines.class);
        CountDownLatch handling = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        recorder.act =
                task -> {
                    deadlines.set("recorder", task, Instant.now(), new DeadlinesTest.Note("x"));
                    handling.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                };
        reopened(process);
        handling.await();
        PolicyRig.execute(
                database,
                "UPDATE policy_token SET owner = 'another', time = '2100-01-01T00:00:00Z'");
        goOn.countDown();
        soon().until(() -> process.status().segments() < PolicyProcessors.SEGMENTS);
        assertThat(PolicyRig.query(database, ROWS)).isEmpty();
    }

    @Test
    void shareSegmentsAmongProcessesThatRunThemAndTakeOverFromOneThatStops() {
        Recorder first = new Recorder();
        Recorder second = new Recorder();
        Recorder none = new Recorder();
        process(none, "pms.policies.run=false");
        PolicyRig one = process(first, STEADY, "pms.policies.max-segments=2");
        PolicyRig other = process(second, STEADY);
        soon().until(() -> one.status().segments() == 2 && other.status().segments() == 2);
        List<String> tasks = IntStream.range(0, 40).mapToObj(i -> reopened(one)).toList();
        soon().until(() -> first.seen.size() + second.seen.size() >= tasks.size());
        assertThat(first.seen).isNotEmpty().doesNotContainAnyElementsOf(second.seen);
        assertThat(second.seen).isNotEmpty();
        List<String> all = new ArrayList<>(first.seen);
        all.addAll(second.seen);
        assertThat(all).containsExactlyInAnyOrderElementsOf(tasks);
        processes.remove(one);
        one.close();
        soon().until(() -> other.status().segments() == PolicyProcessors.SEGMENTS);
        int before = second.seen.size();
        IntStream.range(0, 10).forEach(i -> reopened(other));
        soon().until(() -> second.seen.size() == before + 10);
        assertThat(none.seen).isEmpty();
    }

    /** By the hash of a text, which the language defines. */
    private static void assertThatSegmentsAreTheSameInEveryProcess(PolicyRig process) {
        SequencingPolicy<? super GenericDomainEventMessage<?>> sequence =
                process.bean(EventProcessingConfiguration.class).sequencingPolicy("recorder");
        Object identifier =
                sequence.getSequenceIdentifierFor(
                        new GenericDomainEventMessage<>("Task", "a", 0, new TaskClosed("a", "p")));
        assertThat(identifier.hashCode()).isEqualTo(97);
    }
}
