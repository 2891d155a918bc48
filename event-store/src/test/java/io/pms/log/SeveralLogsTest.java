package io.pms.log;

import static io.pms.log.conformance.Samples.command;
import static io.pms.log.conformance.Samples.event;
import static io.pms.log.conformance.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pms.embedded.SharedServers;
import io.pms.entry.CommandIds;
import io.pms.entry.Entry;
import io.pms.event.TaskEvent.TaskReopened;
import io.pms.log.axon.TestEngines;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Two logs in one database share nothing but its tables. */
class SeveralLogsTest {
    private static final int OTHER = 65_535;

    private SharedServers.Database database;
    private MysqlEventLog log;
    private MysqlEventLog other;

    @BeforeEach
    void openBoth() {
        database = TestLog.freshDatabase();
        log = TestLog.open(database);
        LogSchema.migrate(DatabaseUrl.parse(database.ownerUrl()), url(), OTHER);
        other = MysqlEventLog.open(url(), LogSettings.defaults().withLogId(OTHER));
    }

    @AfterEach
    void close() {
        log.close();
        other.close();
    }

    private DatabaseUrl url() {
        return DatabaseUrl.parse(database.applicationUrl());
    }

    @Test
    void haveHeadsAndPositionsOfTheirOwn() {
        List<CompletableFuture<Appended>> answers =
                IntStream.range(0, 60)
                        .mapToObj(i -> (i % 3 == 0 ? other : log).append(unit(event("s" + i, 0))))
                        .toList();
        answers.forEach(CompletableFuture::join);
        assertThat(log.head().size()).isEqualTo(40);
        assertThat(other.head().size()).isEqualTo(20);
        assertThat(other.head().logId()).isEqualTo(OTHER);
        assertThat(other.head().origin()).isNotEqualTo(log.head().origin());
        assertThat(other.head().root()).isNotEqualTo(log.head().root());
        assertThat(other.read(0, 100))
                .extracting(Entry::position)
                .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(i -> (long) i).toList());
        assertThat(other.read(0, 100)).extracting(Entry::logId).containsOnly(OTHER);
        for (MysqlEventLog each : List.of(log, other))
            assertThat(LogVerifier.verify(each).problem()).isNull();
    }

    @Test
    void keepStreamsOfTheSameAggregateApart() {
        log.append(unit(event("a", 0), event("a", 1))).join();
        other.append(unit(event("a", 0, "{\"other\":true}"))).join();
        assertThat(log.readStream("a", 0, 10)).hasSize(2);
        assertThat(other.readStream("a", 0, 10)).hasSize(1);
        assertThat(other.lastSequence("a")).contains(0L);
        assertThat(other.changes(0, 10)).hasSize(1);
        assertThat(other.readAt(List.of(0L, 1L))).hasSize(1);
        assertThat(other.firstPositionAt(1)).isEmpty();
        assertThatThrownBy(() -> log.append(unit(event("a", 1))).join())
                .hasCauseInstanceOf(SequenceConflictException.class);
        assertThat(other.append(unit(event("a", 1))).join().firstPosition()).isEqualTo(1);
    }

    @Test
    void acceptTheSameCommandOnceEach() {
        UUID with = CommandIds.commandId("acme", "with events");
        UUID without = CommandIds.commandId("acme", "without");
        log.append(unit(event("first", 0))).join();
        for (MysqlEventLog each : List.of(log, other)) {
            assertThat(each.receipt(with)).isEmpty();
            assertThat(each.receipt(without)).isEmpty();
            each.append(command(with, "a", event("a", 0))).join();
            each.append(command(without, "a")).join();
            for (UUID id : List.of(with, without))
                assertThatThrownBy(() -> each.append(command(id, "b", event("b", 0))).join())
                        .hasCauseInstanceOf(DuplicateEventException.class);
        }
        assertThat(log.receipt(with).orElseThrow().position()).isEqualTo(1);
        assertThat(other.receipt(with).orElseThrow().position()).isZero();
    }

    @Test
    void forgetBodiesOfTheirOwn() {
        UUID with = CommandIds.commandId("acme", "with events");
        UUID without = CommandIds.commandId("acme", "without");
        for (MysqlEventLog each : List.of(log, other)) {
            each.append(command(with, "a", event("a", 0))).join();
            each.append(command(without, "a")).join();
        }
        try (MysqlEventLog tomorrow =
                MysqlEventLog.open(
                        url(),
                        LogSettings.defaults().withLogId(OTHER),
                        LogSignal.NONE,
                        () -> Instant.now().plus(Duration.ofHours(25)),
                        new SimpleMeterRegistry())) {
            tomorrow.forgetOldBodies();
        }
        for (UUID id : List.of(with, without)) {
            assertThat(other.receipt(id).orElseThrow().bodyHash()).isNull();
            assertThat(log.receipt(id).orElseThrow().bodyHash()).isNotNull();
        }
    }

    @Test
    void keepSnapshotsOfTheirOwn() {
        log.storeSnapshot(snapshot(5, "ours"));
        other.storeSnapshot(snapshot(3, "theirs"));
        assertThat(log.latestSnapshot("a").orElseThrow().sequence()).isEqualTo(5);
        assertThat(other.latestSnapshot("a").orElseThrow().data())
                .isEqualTo("theirs".getBytes(StandardCharsets.UTF_8));
        other.storeSnapshot(snapshot(9, "newer"));
        assertThat(log.latestSnapshot("a").orElseThrow().sequence()).isEqualTo(5);
    }

    private static Snapshot snapshot(long sequence, String data) {
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        return new Snapshot("a", sequence, "id", 0, "Task", "state", null, new byte[0], bytes);
    }

    @Test
    void wakeTheirOwnReaders() throws InterruptedException {
        other.append(unit(event("a", 0), event("a", 1))).join();
        log.append(unit(event("a", 0))).join();
        try (MysqlEventLog reader =
                MysqlEventLog.open(url(), LogSettings.defaults().withLogId(OTHER))) {
            other.append(unit(event("a", 2))).join();
            assertThat(reader.awaitBeyond(2, Duration.ofSeconds(60))).isEqualTo(3);
        }
        assertThat(log.awaitBeyond(1, Duration.ofMillis(300))).isEqualTo(1);
    }

    @Test
    void fenceTheirOwnWriters() throws Exception {
        log.append(unit(event("a", 0))).join();
        other.append(unit(event("a", 0))).join();
        try (HeadWriter writer =
                new HeadWriter(
                        url(), LogSettings.defaults().withLogId(OTHER), () -> 0, new LastSeen())) {
            writer.fence();
        }
        assertThat(other.head().epoch()).isEqualTo(1);
        assertThat(log.head().epoch()).isZero();
        assertThat(log.append(unit(event("a", 1))).join().firstPosition()).isEqualTo(1);
        assertThat(other.append(unit(event("a", 1))).join().firstPosition()).isEqualTo(1);
    }

    @Test
    void areEventStoresOfTheirOwn() throws InterruptedException {
        EventStore first = TestEngines.store(log);
        EventStore second = TestEngines.store(other);
        for (EventStore each : List.of(first, second))
            each.publish(
                    new GenericDomainEventMessage<>("Task", "a", 0, new TaskReopened("a", "p")));
        second.publish(new GenericDomainEventMessage<>("Task", "a", 1, new TaskReopened("a", "p")));
        assertThat(first.readEvents("a").asStream()).hasSize(1);
        assertThat(second.readEvents("a").asStream()).hasSize(2);
        assertThat(second.createHeadToken().position()).hasValue(1);
        try (BlockingStream<TrackedEventMessage<?>> stream = first.openStream(null)) {
            stream.nextAvailable();
            assertThat(stream.hasNextAvailable()).isFalse();
        }
    }

    @Test
    void areChosenByAProperty() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(LogAutoConfiguration.class))
                .withPropertyValues(
                        "pms.log.url=" + database.applicationUrl(),
                        "pms.log.owner-url=" + database.ownerUrl(),
                        "pms.log.id=12")
                .run(context -> {
                    EventLog chosen = context.getBean(EventLog.class);
                    chosen.append(unit(event("a", 0))).join();
                    assertThat(chosen.head().logId()).isEqualTo(12);
                    assertThat(chosen.head().size()).isEqualTo(1);
                });
        assertThat(log.head().size()).isZero();
    }

    @Test
    void areMissedWhenTheyWereNeverMade() {
        assertThatThrownBy(() ->
                        MysqlEventLog.open(url(), LogSettings.defaults().withLogId(99)).close())
                .hasMessageContaining("there is no log 99");
    }
}
