package io.pms.relay;

import static io.pms.relay.RelayRig.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.entry.Entry;
import io.pms.entry.EntryCodec;
import io.pms.log.NewEvent;
import io.pms.relay.RelayStatus.State;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayTest {
    /** As much as fits beside the attributes, but for some bytes. */
    private static final String LARGEST =
            "{\"fill\":\"" + "x".repeat(EntryCodec.MAX_BYTES - 450) + "\"}";

    private final RelayRig rig = new RelayRig();

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void publishesEveryEventOnceAndThoseOfAnAggregateInOrderAndGoesOnAfterAStop() throws Exception {
        long last = rig.appendSome(1_000);
        try (Relay first = rig.run()) {
            rig.awaitPublished(first, last);
            last = rig.appendSome(300);
            rig.awaitPublished(first, last);
        }
        last = rig.appendSome(300);
        rig.awaitPublished(rig.run(), last);
        rig.published().isExactly(rig.log);
    }

    @Test
    void aRecordIsTheEntryAsACloudEvent() {
        long last =
                rig.append(
                        rig.event("größe", "{\"n\": 1.10}"),
                        rig.event(null, "{\"of\":\"nobody\"}"));
        rig.awaitPublished(rig.run(), last);
        List<Entry> entries = rig.log.read(last - 1, 2);
        for (Entry entry : entries) {
            ConsumerRecord<byte[], byte[]> record = rig.published().at(entry.position());
            assertThat(record.value()).isEqualTo(EntryCodec.encode(entry));
            assertThat(Published.header(record, "content-type"))
                    .isEqualTo("application/cloudevents+json");
            assertThat(record.partition())
                    .as("where every Kafka client puts this key by default")
                    .isEqualTo(
                            BuiltInPartitioner.partitionForKey(record.key(), RelayRig.PARTITIONS));
        }
        assertThat(Published.key(rig.published().at(last - 1))).endsWith("größe");
        assertThat(Published.key(rig.published().at(last))).isEqualTo(entries.getLast().id());
    }

    @Test
    void publishesTheLargestEntriesInTransactionsOfAMegabyte() {
        NewEvent[] events =
                IntStream.range(0, 40)
                        .mapToObj(i -> rig.event("a" + i % 3, LARGEST))
                        .toArray(NewEvent[]::new);
        long last = rig.append(events);
        rig.awaitPublished(rig.run(), last);
        Published published = rig.published();
        published.isExactly(rig.log);
        assertThat(published.at(last).value().length).isGreaterThan(EntryCodec.MAX_BYTES - 200);
        long bytes = published.records().stream().mapToLong(each -> each.value().length).sum();
        assertThat(Published.committed(rig.bootstrapServers, rig.names.positions()).records())
                .as("transactions of a megabyte at most, but for an entry")
                .hasSizeGreaterThanOrEqualTo((int) (bytes / (1 << 20)));
    }

    @Test
    void tellsHowFarItIs() {
        Relay relay = rig.run(rig.log, rig.meters);
        RelayRig.awaitState(relay, State.ACTIVE);
        long last = rig.appendSome(10);
        await().atMost(LONG)
                .until(() -> relay.status().position() == last && relay.status().lagEvents() == 0);
        assertThat(relay.status())
                .isEqualTo(
                        new RelayStatus(
                                State.ACTIVE, rig.names.entries(), last, last + 1, 0, null));
        await().atMost(LONG).until(() -> counted("published") == last + 1);
        assertThat(rig.meters.get("pms.relay.active").gauge().value()).isEqualTo(1);
        assertThat(rig.meters.get("pms.relay.lag.events").gauge().value()).isZero();
        assertThat(rig.meters.get("pms.relay.lag.seconds").gauge().value()).isZero();
        assertThat(rig.meters.get("pms.relay.refused").gauge().value()).isZero();
        assertThat(counted("failures")).isZero();
    }

    private double counted(String name) {
        return rig.meters.get("pms.relay." + name).counter().count();
    }
}
