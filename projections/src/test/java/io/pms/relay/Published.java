package io.pms.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.entry.Entry;
import io.pms.entry.EntryCodec;
import io.pms.log.EventLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a consumer finds in a topic from its beginning to its end now. */
record Published(List<ConsumerRecord<byte[], byte[]>> records) {
    static Published committed(String bootstrapServers, String topic) {
        return read(bootstrapServers, topic, "read_committed");
    }

    /** With what aborted transactions left behind. */
    static Published everything(String bootstrapServers, String topic) {
        return read(bootstrapServers, topic, "read_uncommitted");
    }

    private static Published read(String bootstrapServers, String topic, String isolation) {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        isolation,
                        "fetch.max.wait.ms",
                        50,
                        "allow.auto.create.topics",
                        false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue()))
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            return new Published(records);
        }
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    /** The only record of a position. */
    ConsumerRecord<byte[], byte[]> at(long position) {
        return records.get(positions().indexOf(position));
    }

    List<Long> positions() {
        return records.stream().map(record -> Long.parseLong(header(record, "position"))).toList();
    }

    /** Every event once, byte for byte, and those of an aggregate in order and together. */
    void isExactly(EventLog log) {
        List<Entry> entries = new ArrayList<>();
        log.stream(0, entries::add);
        assertThat(positions().stream().sorted())
                .containsExactlyElementsOf(entries.stream().map(Entry::position).toList());
        Map<String, ConsumerRecord<byte[], byte[]>> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            long position = Long.parseLong(header(record, "position"));
            Entry entry = entries.get((int) position);
            assertThat(record.value()).isEqualTo(EntryCodec.encode(entry));
            assertThat(key(record))
                    .isEqualTo(entry.subject() == null ? entry.id() : entry.subject());
            ConsumerRecord<byte[], byte[]> before = last.put(key(record), record);
            if (before == null) continue;
            assertThat(record.partition()).isEqualTo(before.partition());
            assertThat(position).isGreaterThan(Long.parseLong(header(before, "position")));
        }
    }
}
