package io.pms.log.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pms.entry.CommandIds;
import io.pms.entry.Entry;
import io.pms.event.TaskEvent.TaskClosed;
import io.pms.event.TaskEvent.TaskReopened;
import io.pms.log.Appended;
import io.pms.log.DuplicateEventException;
import io.pms.log.MysqlEventLog;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogEventStoreTest {
    private static final String TASK = "5d4f4a32-0000-4000-8000-000000000001";

    private MysqlEventLog log;
    private LogEventStore store;

    @BeforeEach
    void open() {
        log = TestEngines.freshLog();
        store = LogEventStore.of(TestEngines.builder(log).build());
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void tellsWhereTheEventsOfAUnitOfWorkAre() {
        publish(closed(0));
        UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
        store.publish(List.of(reopened(1), closed(2)));
        assertThat(LogEventStore.committed(work)).isEmpty();
        work.commit();
        Appended appended = LogEventStore.committed(work).orElseThrow().appended();
        assertThat(appended.firstPosition()).isEqualTo(1);
        assertThat(appended.events()).isEqualTo(2);
    }

    @Test
    void tellsATakenSequenceAsAConflictAndTheFirstAsAStreamThatExists() {
        publish(closed(0), reopened(1));
        assertThatThrownBy(() -> publish(reopened(1))).isInstanceOf(ConcurrencyException.class);
        assertThatThrownBy(() -> publish(closed(0)))
                .isInstanceOf(AggregateStreamCreationException.class);
    }

    @Test
    void namesTheCauseWhenACommandWasAcceptedBefore() {
        Map<String, String> command = Map.of(EventMetadata.COMMAND_ID, new UUID(7, 7).toString());
        publish(closed(0).andMetaData(command));
        assertThatThrownBy(() -> publish(reopened(1).andMetaData(command)))
                .hasRootCauseInstanceOf(DuplicateEventException.class);
    }

    @Test
    void givesEventsTheIdsOfTheirCommandAndKeepsEveryOtherMetadata() {
        UUID id = CommandIds.commandId("acme", "k");
        MetaData metaData =
                MetaData.with(EventMetadata.COMMAND_ID, id.toString())
                        .and(EventMetadata.TENANT, "acme")
                        .and(EventMetadata.ACTOR, "ann")
                        .and(EventMetadata.REASON, "why not")
                        .and(EventMetadata.OCCURRED_AT, "2011-05-01T10:00:00Z")
                        .and(EventMetadata.BODY_HASH, "00".repeat(32));
        publish(closed(0).andMetaData(metaData), reopened(1).andMetaData(metaData));
        List<Entry> entries = log.read(0, 10);
        assertThat(entries)
                .extracting(Entry::id)
                .containsExactly(id.toString(), CommandIds.eventId(id, 1).toString());
        assertThat(entries.getFirst().metadata()).isEqualTo("{\"reason\":\"why not\"}");
        DomainEventMessage<?> read = store.readEvents(TASK).next();
        assertThat(read.getPayload()).isEqualTo(new TaskClosed(TASK, "p"));
        assertThat(read.getType()).isEqualTo("Task");
        assertThat(read.getTimestamp()).hasToString("2011-05-01T10:00:00Z");
        assertThat(read.getMetaData())
                .containsEntry("tenant", "acme")
                .containsEntry("reason", "why not")
                .doesNotContainKey(EventMetadata.BODY_HASH);
    }

    @Test
    void tellsAnOpenStreamThatThereIsMore() throws InterruptedException {
        AtomicInteger called = new AtomicInteger();
        try (TrackingEventStream stream = store.openStream(null)) {
            assertThat(stream.setOnAvailableCallback(called::incrementAndGet)).isTrue();
            assertThat(stream.hasNextAvailable()).isFalse();
            publish(closed(0));
            await().untilAtomic(called, org.hamcrest.Matchers.greaterThan(0));
            assertThat(stream.nextAvailable().getPayload()).isEqualTo(new TaskClosed(TASK, "p"));
        }
    }

    @Test
    void keepsEventsThatBelongToNoAggregate() {
        store.publish(GenericEventMessage.asEventMessage("something"));
        Entry entry = log.read(0, 1).getFirst();
        assertThat(entry.subject()).isNull();
        assertThat(entry.dataContentType()).isEqualTo("application/octet-stream");
    }

    private void publish(DomainEventMessage<?>... events) {
        UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
        store.publish(List.of(events));
        work.commit();
    }

    private static DomainEventMessage<?> closed(long sequence) {
        return new GenericDomainEventMessage<>("Task", TASK, sequence, new TaskClosed(TASK, "p"));
    }

    private static DomainEventMessage<?> reopened(long sequence) {
        return new GenericDomainEventMessage<>("Task", TASK, sequence, new TaskReopened(TASK, "p"));
    }
}
