package io.pms.relay;

import io.pms.entry.Entry;
import io.pms.entry.EntryCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.utils.Utils;

/**
 * An entry as a Kafka record: CloudEvents' Kafka protocol binding, structured content mode.
 *
 * <p>The record's own timestamp is the time of publishing. Were it the event's, retention would
 * delete old events as soon as they are published.
 */
final class EntryRecords {
    private static final Header CONTENT_TYPE =
            new RecordHeader("content-type", utf8("application/cloudevents+json"));

    private EntryRecords() {}

    /**
     * @param partitions of the topic when the log was first published to it
     */
    static ProducerRecord<byte[], byte[]> of(Entry entry, String topic, int partitions) {
        String subject = entry.subject();
        byte[] key = utf8(subject == null ? entry.id() : subject);
        Header position = new RecordHeader("position", utf8(Long.toString(entry.position())));
        return new ProducerRecord<>(
                topic,
                partition(key, partitions),
                key,
                EntryCodec.encode(entry),
                List.of(position, CONTENT_TYPE));
    }

    /** As Kafka's own clients do it, for a number of partitions that does not change. */
    private static int partition(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
